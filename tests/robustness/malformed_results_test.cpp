// Results files come from anywhere. Each sample here is made from a good file by HDF5 calls, and sealed anew, so that the
// check it is for is reached.
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>

#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/brief/page.hpp"
#include "output/export.hpp"
#include "output/files.hpp"
#include "output/hdf5.hpp"
#include "output/measure.hpp"
#include "output/reader.hpp"
#include "output/seal.hpp"
#include "output/writer.hpp"
#include "tests/output/synthetic.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;
using h5::Handle;
using testing::HasSubstr;

class Malformed : public testing::Test {
protected:
    Malformed() : folder_(fs::temp_directory_path() / fmt::format("nuzuh-malformed-{}", ::getpid())) {
        fs::create_directories(folder_);
        const test::SyntheticSize size{.border_points = 4};
        write_results(good_, test::synthetic_world(size), test::synthetic_result(size),
                      test::synthetic_comparisons(), test::synthetic_outlooks(size), build_provenance(),
                      {.force = true});
    }
    ~Malformed() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    /// Writes bytes as a file of this test.
    fs::path written(std::span<const std::byte> bytes) const {
        const fs::path file = folder_ / "other.h5";
        std::ofstream(file, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
        return file;
    }

    /// The good file, changed by HDF5 calls and sealed as if it had been written so.
    fs::path spoilt(const std::function<void(hid_t)>& spoil) const {
        const auto bytes = bytes_of(good_);
        const auto file = written(*unsealed(Sealed::results, bytes, Seal::is_checked));
        Handle open{H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open"};
        spoil(open);
        open.close("close");
        std::ofstream(file, std::ios::binary | std::ios::app) << seal_of(Sealed::results, file);
        return file;
    }

    static std::string refusal(const fs::path& file) {
        try {
            const ResultsFile opened(file);
        } catch (const h5::Error& error) {
            return error.what();
        }
        return "";
    }

    std::string refusal(const std::function<void(hid_t)>& spoil) const { return refusal(spoilt(spoil)); }

    fs::path folder_;
    fs::path good_ = folder_ / "good.h5";
    h5::QuietErrors quiet_;
};

Handle space_of(const std::vector<hsize_t>& shape) {
    return {H5Screate_simple(int(shape.size()), shape.data(), nullptr), H5Sclose, "space"};
}

/// Puts another dataset in the place of one.
void replace(hid_t file, const char* path, hid_t type, const std::vector<hsize_t>& shape,
             hid_t list = H5P_DEFAULT) {
    h5::checked(H5Ldelete(file, path, H5P_DEFAULT), "delete");
    const Handle made{H5Dcreate2(file, path, type, space_of(shape), H5P_DEFAULT, list, H5P_DEFAULT), H5Dclose,
                      path};
    h5::set_text(made, "long_name", "made up");
}

/// Gives every number of a dataset one value.
void fill(hid_t file, const std::string& path, double value) {
    const Handle dataset{H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, path};
    const Handle space{H5Dget_space(dataset), H5Sclose, path};
    const std::vector<double> values(std::size_t(H5Sget_simple_extent_npoints(space)), value);
    h5::write(dataset, H5T_NATIVE_DOUBLE, values.data(), path);
}

Handle creation_list() { return {H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "list"}; }

TEST_F(Malformed, a_good_file_is_read) { EXPECT_EQ(refusal(good_), ""); }

TEST_F(Malformed, nothing_leads_to_another_file) {
    EXPECT_THAT(refusal([](hid_t file) {
                    H5Ldelete(file, "/lat", H5P_DEFAULT);
                    H5Lcreate_external("/etc/hostname", "/lat", file, "/lat", H5P_DEFAULT, H5P_DEFAULT);
                }),
                HasSubstr("/lat is a link to another file"));
    EXPECT_THAT(refusal([](hid_t file) {
                    H5Ldelete(file, "/lat", H5P_DEFAULT);
                    H5Lcreate_soft("/lon", file, "/lat", H5P_DEFAULT, H5P_DEFAULT);
                }),
                HasSubstr("/lat is a link to another name"));
    EXPECT_THAT(refusal([](hid_t file) {
                    const Handle list = creation_list();
                    H5Pset_external(list, "/etc/hostname", 0, 4 * sizeof(float));
                    replace(file, "/population", H5T_IEEE_F32LE, {4}, list);
                }),
                HasSubstr("/population has its values in other files"));
    EXPECT_THAT(refusal([](hid_t file) {
                    const Handle list = creation_list();
                    H5Pset_virtual(list, space_of({4}), "/tmp/other.h5", "/lat", space_of({4}));
                    replace(file, "/population", H5T_IEEE_F32LE, {4}, list);
                }),
                HasSubstr("/population is a virtual dataset"));
    EXPECT_THAT(refusal([](hid_t file) {  // under a name that this program does not know
                    H5Lcreate_external("/etc/hostname", "/", file, "/reported/more", H5P_DEFAULT,
                                       H5P_DEFAULT);
                }),
                HasSubstr("/reported/more is a link to another file"));
}

TEST_F(Malformed, groups_do_not_hold_themselves) {
    EXPECT_THAT(
        refusal([](hid_t file) { H5Lcreate_hard(file, "/", file, "/again", H5P_DEFAULT, H5P_DEFAULT); }),
        HasSubstr("inside 4 others"));
    EXPECT_THAT(refusal([](hid_t file) {
                    H5Lcreate_hard(file, "/reported", file, "/reported/again", H5P_DEFAULT, H5P_DEFAULT);
                }),
                HasSubstr("inside 4 others"));
}

TEST_F(Malformed, no_program_is_loaded_to_unpack_values) {
    EXPECT_THAT(refusal([](hid_t file) {
                    const Handle list = creation_list();
                    const hsize_t chunk = 4;
                    H5Pset_chunk(list, 1, &chunk);
                    H5Pset_nbit(list);
                    replace(file, "/population", H5T_IEEE_F32LE, {4}, list);
                }),
                HasSubstr("/population is packed by filter"));
}

TEST_F(Malformed, sizes_are_checked_before_memory_is_taken) {
    EXPECT_THAT(refusal([](hid_t file) {
                    const Handle list = creation_list();
                    const hsize_t chunk = 1024;
                    H5Pset_chunk(list, 1, &chunk);
                    replace(file, "/population", H5T_IEEE_F32LE, {hsize_t(1) << 40}, list);
                }),
                HasSubstr("/population claims 4398047 MB"));
    EXPECT_THAT(refusal([](hid_t file) { replace(file, "/population", H5T_IEEE_F32LE, {hsize_t(1) << 33}); }),
                HasSubstr("/population claims"));
}

TEST_F(Malformed, types_are_those_of_the_table) {
    const std::vector<hsize_t> places{4};
    EXPECT_THAT(refusal([&](hid_t file) { replace(file, "/population", h5::text_type(), places); }),
                HasSubstr("/population holds texts, not numbers"));
    EXPECT_THAT(refusal([&](hid_t file) { replace(file, "/place_id", H5T_IEEE_F32LE, places); }),
                HasSubstr("/place_id holds no texts"));
    EXPECT_THAT(refusal([&](hid_t file) {
                    const Handle pair{H5Tcreate(H5T_COMPOUND, 8), H5Tclose, "pair"};
                    H5Tinsert(pair, "a", 0, H5T_IEEE_F32LE);
                    replace(file, "/population", pair, places);
                }),
                HasSubstr("/population holds neither numbers nor texts"));
}

TEST_F(Malformed, shapes_are_those_of_the_axes) {
    struct Sample {
        const char* path;
        std::vector<hsize_t> shape;
    };
    // 3 members, 5 records, 4 places, 3 routes
    const std::vector<Sample> samples = {{"/displaced", {3, 5, 5}},
                                         {"/displaced", {3, 5}},
                                         {"/displaced", {60}},
                                         {"/displaced_quantile", {4, 5, 4}},
                                         {"/displaced_from_mean", {5, 4, 3}},
                                         {"/arrivals_from", {3, 4, 3}},
                                         {"/lat", {3}},
                                         {"/capacity", {5}},
                                         {"/edge_nodes", {3, 1}},
                                         {"/edge_nodes", {6}},
                                         {"/fallen", {4, 4}},
                                         {"/chance_full", {5, 2, 4}},
                                         {"/needed", {3, 5, 3}},
                                         {"/person_days_at_home_by_danger", {3, 5, 2}},
                                         {"/reported/persons", {1, 1}},
                                         {"/planning/passed_on_quantile", {5, 9}}};
    for (const auto& sample : samples) {
        EXPECT_THAT(refusal([&](hid_t file) { replace(file, sample.path, H5T_IEEE_F32LE, sample.shape); }),
                    HasSubstr(fmt::format("{} has the shape", sample.path)));
    }
    EXPECT_THAT(refusal([](hid_t file) { replace(file, "/quantile", H5T_IEEE_F64LE, {6}); }),
                HasSubstr("/quantile has 6 values in place of 5"));
    EXPECT_THAT(refusal([](hid_t file) { replace(file, "/member", H5T_STD_I32LE, {0}); }),
                HasSubstr("/member is no axis"));
    EXPECT_THAT(refusal([](hid_t file) {
                    replace(file, "/time", H5T_IEEE_F64LE, {5, 1});
                }),
                HasSubstr("/time is no axis"));
    EXPECT_THAT(refusal([](hid_t file) { H5Ldelete(file, "/time", H5P_DEFAULT); }), HasSubstr("lacks time"));
}

TEST_F(Malformed, what_others_are_found_by_is_possible) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (double day : {3.0, nan, -5.0, 1e12})
        EXPECT_THAT(refusal([&](hid_t file) { fill(file, "/time", day); }), HasSubstr("do not rise"));
    for (double place : {4.0, -1.0, 2e9})
        EXPECT_THAT(refusal([&](hid_t file) { fill(file, "/edge_nodes", place); }),
                    HasSubstr("/edge_nodes names"));
    EXPECT_THAT(refusal([](hid_t file) { fill(file, "/first_day_full_quantile", 2e9); }),
                HasSubstr("holds the day"));
    EXPECT_THAT(refusal([](hid_t file) { fill(file, "/first_day_full_quantile", 1e30); }),
                HasSubstr("beyond any count"));
}

TEST_F(Malformed, places_lie_on_the_earth_and_cases_are_members) {
    struct Sample {
        const char* path;
        double value;
        const char* refusal;
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<Sample> samples = {
        {"/lat", 90.5, "/lat holds 90.5 degrees"},
        {"/lat", nan, "/lat holds nan degrees"},
        {"/lon", -361, "/lon holds -361 degrees"},
        {"/border/lat", -91, "/border/lat holds -91 degrees"},
        {"/border/lon", 1e9, "/border/lon holds"},
        {"/case_member", 3, "/case_member names 3 as a member, and there are 3"},
        {"/case_member", -1, "/case_member names -1 as a member"},
        {"/planning/passed_on_quantile", -2e6, "holds the day -2000000"}};
    for (const auto& [path, value, why] : samples)
        EXPECT_THAT(refusal([&, path = path, value = value](hid_t file) { fill(file, path, value); }),
                    HasSubstr(why));
    EXPECT_EQ(refusal([](hid_t file) { fill(file, "/lon", 360); }), "") << "once around the Earth";
    EXPECT_EQ(refusal([](hid_t file) { H5Ldelete(file, "/lon", H5P_DEFAULT); }), "")
        << "told by who needs it";
    EXPECT_THAT(refusal([](hid_t file) {
                    replace(file, "/case_member", H5T_IEEE_F64LE, {5});
                    fill(file, "/case_member", 0.5);
                }),
                HasSubstr("/case_member names 0.5 as a member"));
}

TEST_F(Malformed, only_groups_and_plain_datasets_of_few_axes_are_read) {
    EXPECT_THAT(refusal([](hid_t file) { replace(file, "/population", H5T_NATIVE_LDOUBLE, {4}); }),
                HasSubstr("/population holds numbers of more than eight bytes"));
    EXPECT_THAT(
        refusal([](hid_t file) { replace(file, "/population", H5T_IEEE_F32LE, std::vector<hsize_t>(9, 1)); }),
        HasSubstr("/population has 9 axes"));
    EXPECT_THAT(refusal([](hid_t file) {
                    const Handle type{H5Tcopy(H5T_IEEE_F32LE), H5Tclose, "type"};
                    H5Tcommit2(file, "/type", type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
                }),
                HasSubstr("/type is neither a dataset nor a group"));
    EXPECT_THAT(
        refusal([](hid_t file) {
            for (int n = 0; n < 20'000; ++n)
                Handle{H5Gcreate2(file, std::to_string(n).c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                       H5Gclose, "group"};
        }),
        HasSubstr("is one of more than 20000 objects"));
}

TEST_F(Malformed, attributes_hold_one_value) {
    const auto file = spoilt([](hid_t open) {
        const std::vector<double> many(4096, 7);
        for (const char* name : {"seed", "title"}) {
            H5Adelete(open, name);
            const Handle made{
                H5Acreate2(open, name, H5T_IEEE_F64LE, space_of({4096}), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                name};
            H5Awrite(made, H5T_NATIVE_DOUBLE, many.data());
        }
    });
    const ResultsFile opened(file);
    EXPECT_EQ(opened.number_attribute("/", "seed"), std::nullopt);
    EXPECT_EQ(opened.text_attribute("/", "title"), std::nullopt);
}

TEST_F(Malformed, every_flipped_bit_is_told) {
    auto bytes = bytes_of(good_);
    for (std::size_t at = 0; at < bytes.size(); at += 211) {
        const auto flipped = std::byte(1 << at % 8);
        bytes[at] ^= flipped;
        EXPECT_THAT(refusal(written(bytes)), HasSubstr("other.h5")) << at;
        bytes[at] ^= flipped;
    }
    for (std::size_t from_end = 1; from_end < 100; ++from_end) {
        auto& byte = bytes[bytes.size() - from_end];
        byte ^= std::byte{1};
        EXPECT_NE(refusal(written(bytes)), "") << from_end << " from the end";
        byte ^= std::byte{1};
    }
    EXPECT_EQ(refusal(written(bytes)), "");
}

TEST_F(Malformed, what_is_cut_short_or_continued_is_told) {
    const auto bytes = bytes_of(good_);
    for (std::size_t length = 0; length < bytes.size(); length += bytes.size() / 50 + 1)
        EXPECT_NE(refusal(written(std::span(bytes).first(length))), "") << length;
    EXPECT_NE(refusal(written(std::span(bytes).first(bytes.size() - 1))), "");
    auto more = bytes;
    more.push_back(std::byte{0});
    EXPECT_THAT(refusal(written(more)), HasSubstr("SHA-256"));
    const auto plain = *unsealed(Sealed::results, bytes, Seal::is_checked);
    EXPECT_THAT(refusal(written(plain)), HasSubstr("SHA-256"));
}

/// Everything that is made of a results file.
void make_everything(const fs::path& path) {
    const ResultsFile file(path);
    for (ExportFormat format : {ExportFormat::csv, ExportFormat::geojson, ExportFormat::quantiles}) {
        exported(file, format);
        exported_to_share(file, format);
    }
    brief_page(file);
    measured(file);
}

TEST_F(Malformed, any_numbers_give_tables_or_a_finding) {
    std::vector<std::string> numeric;
    for (const auto& dataset : ResultsFile(good_).datasets()) {
        if (!dataset.is_text) numeric.push_back(dataset.path);
    }
    ASSERT_GT(numeric.size(), 50U);
    const double values[] = {std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity(), -1, 9e14, 3e38};
    for (std::size_t d = 0; d < numeric.size(); ++d) {
        const double value = values[d % std::size(values)];
        const auto file = spoilt([&](hid_t open) { fill(open, numeric[d], value); });
        try {
            make_everything(file);
        } catch (const h5::Error&) {  // a finding
        } catch (const std::exception& error) {
            ADD_FAILURE() << numeric[d] << " of " << value << ": " << error.what();
        }
    }
}

TEST_F(Malformed, any_dataset_may_be_missing) {
    for (const auto& dataset : ResultsFile(good_).datasets()) {
        const auto file = spoilt([&](hid_t open) { H5Ldelete(open, dataset.path.c_str(), H5P_DEFAULT); });
        try {
            make_everything(file);
        } catch (const h5::Error&) {  // a finding
        } catch (const std::exception& error) {
            ADD_FAILURE() << "without " << dataset.path << ": " << error.what();
        }
    }
}

}  // namespace
}  // namespace nuzuh
