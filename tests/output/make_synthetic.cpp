// Writes a made-up results file: make_synthetic FILE [members records places routes]
#include <cstdlib>
#include <iostream>

#include "output/writer.hpp"
#include "tests/output/synthetic.hpp"

int main(int count, char** words) {
    using namespace nuzuh;
    if (count < 2) return 2;
    test::SyntheticSize size;
    size.agents = count <= 2;
    if (count > 2) size.members = std::atoi(words[2]);
    if (count > 3) size.records = std::atoi(words[3]);
    if (count > 4) size.places = std::atoi(words[4]);
    if (count > 5) size.routes = std::atoi(words[5]);
    Provenance provenance = build_provenance();
    provenance.scenario = "title: made up\n" + std::string(100'000, '#') + "\n";  // longer than 64 KiB
    provenance.input_files = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  toy.yaml\n";
    try {
        write_results(words[1], test::synthetic_world(size), test::synthetic_result(size),
                      test::synthetic_comparisons(), test::synthetic_outlooks(size), provenance, {true, 0});
    } catch (const h5::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
