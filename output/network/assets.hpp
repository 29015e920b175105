// The page of a network, put into the program when it is built (cmake/embed.cmake).
#pragma once

#include "output/page/html.hpp"

namespace nuzuh::network {

extern const PageParts page;

}  // namespace nuzuh::network
