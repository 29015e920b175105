#!/usr/bin/env python3
"""Draws the styled map of `nuzuh export --to geojson` with QGIS, without opening its window.

    draw_map.py FOLDER [PICTURE.png]

Needs python3-qgis; the folder holds places.geojson and routes.geojson.
"""
import os
import pathlib
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsLabelingEngineSettings,
                       QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRectangle, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

STYLES = pathlib.Path(__file__).resolve().parent


def layer(folder, name):
    """A layer of the folder in the style of its name."""
    found = QgsVectorLayer(str(folder / f"{name}.geojson"), name, "ogr")
    if not found.isValid():
        raise SystemExit(f"no {name}.geojson in {folder}")
    message, is_loaded = found.loadNamedStyle(str(STYLES / f"{name}.qml"))
    if not is_loaded:
        raise SystemExit(message)
    return found


def draw(folder, picture):
    routes, places = layer(folder, "routes"), layer(folder, "places")
    settings = QgsMapSettings()
    settings.setLayers([places, routes])  # the first lies on top
    is_cut = places.extent().width() > 180  # on both sides of the 180th meridian: a map around that
    mercator = QgsCoordinateReferenceSystem("EPSG:3832" if is_cut else "EPSG:3857")
    settings.setDestinationCrs(mercator)
    to_map = QgsCoordinateTransform(places.crs(), mercator, QgsProject.instance())
    extent = QgsRectangle()
    extent.setMinimal()
    for place in places.getFeatures():
        extent.include(to_map.transform(place.geometry().asPoint()))
    extent.scale(1.16)
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(1000, round(1000 * extent.height() / extent.width())))
    settings.setOutputDpi(110)
    labels = settings.labelingEngineSettings()
    labels.setFlag(QgsLabelingEngineSettings.UsePartialCandidates, False)  # no name cut off at the edge
    settings.setLabelingEngineSettings(labels)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(str(picture))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    application = QgsApplication([], False)
    application.initQgis()
    draw(folder, pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else folder / "map.png")
    application.exitQgis()
