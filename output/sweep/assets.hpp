// The page of a study, put into the program when it is built (cmake/embed.cmake).
#pragma once

#include "output/page/html.hpp"

namespace nuzuh::sweep {

extern const PageParts page;

}  // namespace nuzuh::sweep
