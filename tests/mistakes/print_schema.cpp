#include <cstdio>

#include "sim/scenario/schema.hpp"

int main() { return std::fputs(nuzuh::json_schema().c_str(), stdout) < 0 ? 1 : 0; }
