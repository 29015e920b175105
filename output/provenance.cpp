#include "output/writer.hpp"

namespace nuzuh {

Provenance build_provenance() {
    Provenance provenance;
    provenance.version = NUZUH_VERSION;
    provenance.revision = NUZUH_REVISION;
    provenance.compiler = NUZUH_COMPILER;
    return provenance;
}

}  // namespace nuzuh
