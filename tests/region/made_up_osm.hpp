// A made-up country in the form of OpenStreetMap: each thing that goes wrong with roads stands in it once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace nuzuh::test {

using OsmTags = std::vector<std::pair<std::string, std::string>>;

/// Writes OpenStreetMap's XML, nodes before ways.
class OsmText {
public:
    OsmText& node(int id, double lat, double lon, const OsmTags& tags = {}) {
        nodes_ += fmt::format("<node id=\"{}\" version=\"1\" lat=\"{:.7f}\" lon=\"{:.7f}\">{}</node>\n", id,
                              lat, lon, text_of(tags));
        return *this;
    }
    OsmText& way(int id, const std::vector<int>& nodes, const OsmTags& tags) {
        ways_ += fmt::format("<way id=\"{}\" version=\"1\">", id);
        for (const int node : nodes) ways_ += fmt::format("<nd ref=\"{}\"/>", node);
        ways_ += text_of(tags) + "</way>\n";
        return *this;
    }
    std::string text() const {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n" + nodes_ + ways_ +
               "</osm>\n";
    }

private:
    static std::string text_of(const OsmTags& tags) {
        std::string text;
        for (const auto& [key, value] : tags) text += fmt::format("<tag k=\"{}\" v=\"{}\"/>", key, value);
        return text;
    }
    std::string nodes_, ways_;
};

/// Length of a hundredth of a degree of latitude [km].
inline constexpr double step_km = 1.1119508;

/// Ras and Bir on a road along a meridian; halfway a road turns off to Kom, past a bridge and a ford. A ferry leads from
/// Bir to Jazira. Behind Bir a border control that lets nobody through, and Barra behind it. Hosh lies 3 km from the
/// middle of a long straight road, Wadi on a road of its own. A loose end near Kom is no way to anywhere.
inline OsmText made_up_country() {
    OsmText osm;
    osm.node(1, 5.00, 20.00,
             {{"place", "town"},
              {"name", "راس"},
              {"name:en", "Ras"},
              {"name:ar", "راس"},
              {"population", "12000"}})
        .node(2, 5.05, 20.00)
        .node(3, 5.10, 20.00, {{"place", "city"}, {"name", "Bir"}, {"population", "85,000"}})
        .node(4, 5.05, 20.02)
        .node(5, 5.05, 20.04)
        .node(6, 5.05, 20.06, {{"place", "village"}, {"name", "Kom"}, {"population", "about 3000"}})
        .node(7, 5.10, 19.95)
        .node(8, 5.10, 19.90)
        .node(9, 5.10, 19.89, {{"place", "village"}, {"name", "Jazira"}, {"is_in:country_code", "XX"}})
        .node(10, 5.20, 20.00, {{"barrier", "border_control"}, {"access", "no"}})
        .node(11, 5.30, 20.00, {{"place", "town"}, {"name", "Barra"}})
        .node(12, 4.60, 20.00)
        .node(13, 4.80, 20.027, {{"place", "hamlet"}, {"name", "Hosh"}})
        .node(14, 6.00, 21.00, {{"place", "town"}, {"name", "Wadi"}})
        .node(15, 6.01, 21.00)
        .node(16, 5.0505, 20.0601)
        .node(17, 5.0506, 20.0601)
        .node(20, 6.20, 20.50)
        .node(21, 6.20, 20.54)
        .node(22, 6.24, 20.54)
        .node(23, 6.24, 20.50);
    osm.way(100, {1, 2, 3}, {{"highway", "trunk"}})
        .way(101, {2, 4}, {{"highway", "tertiary"}})
        .way(102, {5, 4}, {{"highway", "tertiary"}, {"bridge", "yes"}, {"oneway", "yes"}})
        .way(103, {5, 6}, {{"highway", "unclassified"}, {"ford", "yes"}, {"oneway", "-1"}})
        .way(104, {3, 7}, {{"highway", "primary_link"}})
        .way(105, {7, 8}, {{"route", "ferry"}})
        .way(106, {8, 9}, {{"highway", "residential"}})
        .way(107, {3, 10, 11}, {{"highway", "primary"}})
        .way(108, {1, 12}, {{"highway", "secondary"}})
        .way(109, {14, 15}, {{"highway", "secondary"}})
        .way(110, {16, 17}, {{"highway", "residential"}})
        .way(111, {6, 99, 3}, {{"highway", "primary"}})
        .way(112, {1, 6}, {{"highway", "track"}})
        .way(113, {20, 21, 22, 23, 20}, {{"place", "town"}, {"name", "Midan"}});
    return osm;
}

}  // namespace nuzuh::test
