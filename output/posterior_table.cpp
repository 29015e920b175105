#include "output/posterior_table.hpp"

#include <fmt/format.h>

#include "output/csv.hpp"

namespace nuzuh {

std::string posterior_csv(const Calibration& calibration) {
    std::string text = "draw,setting,value\n";
    for (const auto& one : calibration.parameters)
        text += fmt::format("0,{},{}\n", csv_cell(one.prior.key), one.prior.own);
    int number = 0;
    for (const auto& draw : draws_of(calibration)) {
        ++number;
        for (std::size_t k = 0; k < draw.size(); ++k)
            text +=
                fmt::format("{},{},{:.6g}\n", number, csv_cell(calibration.parameters[k].prior.key), draw[k]);
    }
    return text;
}

}  // namespace nuzuh
