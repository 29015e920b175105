#include "output/results.hpp"

namespace nuzuh {

std::string reported_day(const Results& results, const std::string& name) {
    const std::string path = "/reported/" + name;
    return results.has(path) ? path : name == "first_day" ? "/reported/from" : "/reported/to";
}

}  // namespace nuzuh
