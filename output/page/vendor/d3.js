// What the brief uses of D3; the bundle holds nothing else.
export { max, min, sum } from "d3-array";
export { axisBottom, axisLeft } from "d3-axis";
export { format } from "d3-format";
export { geoMercator, geoPath } from "d3-geo";
export { scaleLinear, scaleLog, scaleSqrt, scaleUtc } from "d3-scale";
export { create, select } from "d3-selection";
export { area, curveStepAfter, line } from "d3-shape";
export { utcFormat, utcParse } from "d3-time-format";
