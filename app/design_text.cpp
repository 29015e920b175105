#include "app/design_text.hpp"

#include <fmt/format.h>

#include "app/console.hpp"
#include "app/summary.hpp"
#include "sim/study/rounding.hpp"

namespace nuzuh::app {

std::string design_text(const WideDesign& design) {
    const auto share = [](double part) { return fmt::format("{:.1f} %", 100 * part); };
    TextTable table({"Figure", "until", "reported", "nearest", "off", "rules out", "alone"});
    for (const auto& [figure, nearest, implausibility, rules_out, alone] : design.figures)
        table.add({figure.figure, iso(figure.to), reported_value(figure), Rounding(nearest).text(nearest),
                   fmt::format("{:.1f}", implausibility), share(rules_out), share(alone)});
    return fmt::format(
        "{} points of the prior, expected values; 'off' in standard deviations of report, chance, inputs and "
        "model, of "
        "which {} rule out\n\n{}{} of the prior ruled out by no figure, {} by one at most\n",
        grouped(double(design.points)), ruled_out_from, table.text(), share(design.left),
        share(design.left_but_for_one));
}

}  // namespace nuzuh::app
