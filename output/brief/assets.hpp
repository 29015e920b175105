// The page of the brief, put into the program when it is built (cmake/embed.cmake).
#pragma once

#include "output/page/html.hpp"

namespace nuzuh::brief {

extern const PageParts page;

}  // namespace nuzuh::brief
