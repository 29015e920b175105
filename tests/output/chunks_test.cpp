#include "output/chunks.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "output/hdf5.hpp"
#include "sim/base/random.hpp"

namespace nuzuh {
namespace {

std::vector<float> some_numbers(std::size_t count) {
    std::vector<float> values(count);
    auto stream = Draws(11, 0).at(Purpose::bootstrap, 0);
    for (auto& value : values)
        value = stream.uniform() < 0.5 ? 0.0f : float(int(stream.uniform() * 50) * 5.5);
    return values;
}

std::vector<std::uint8_t> raw_chunk(hid_t dataset, hsize_t index) {
    const hsize_t offset[] = {index, 0};
    hsize_t size = 0;
    h5::checked(H5Dget_chunk_storage_size(dataset, offset, &size), "size");
    std::vector<std::uint8_t> bytes(size);
    std::uint32_t filters = 99;
    h5::checked(H5Dread_chunk(dataset, H5P_DEFAULT, offset, &filters, bytes.data()), "chunk");
    EXPECT_EQ(filters, 0u) << "every filter is applied";
    return bytes;
}

TEST(Chunks, are_read_back_by_the_filters_of_hdf5_and_no_larger_than_it_makes_them) {
    const std::vector<hsize_t> shape{7, 1000};
    auto values = some_numbers(7 * 1000);
    std::copy_n(values.begin() + 2000, 1000, values.begin() + 3000);  // slices that repeat the one before
    std::copy_n(values.begin() + 2000, 1000, values.begin() + 4000);
    auto file = h5::create_file();
    const h5::Storage storage{H5T_IEEE_F32LE, shape, {1, 1000}, false};
    auto ours = h5::create_dataset(file, "ours", storage),
         theirs = h5::create_dataset(file, "theirs", storage);
    write_slices(
        ours, shape, [&](std::size_t i) { return std::span(values).subspan(i * 1000, 1000); }, 2, "ours");
    h5::write(theirs, H5T_NATIVE_FLOAT, values.data(), "theirs");
    h5::checked(H5Fflush(file, H5F_SCOPE_GLOBAL), "flush");
    for (hsize_t i = 0; i < shape[0]; ++i) EXPECT_LE(raw_chunk(ours, i).size(), raw_chunk(theirs, i).size());
    for (hsize_t i : {3, 4}) EXPECT_EQ(raw_chunk(ours, i), raw_chunk(ours, 2));
    std::vector<float> read(values.size());
    h5::checked(H5Dread(ours, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, read.data()), "read");
    EXPECT_EQ(read, values);
}

TEST(Chunks, that_do_not_shrink_are_kept) {
    std::vector<float> values(64);
    auto stream = Draws(3, 0).at(Purpose::bootstrap, 1);
    for (auto& value : values) value = float(stream.uniform());
    auto file = h5::create_file();
    auto data = h5::create_dataset(file, "noise", {H5T_IEEE_F32LE, {1, 64}, {1, 64}, false});
    write_slices(
        data, {1, 64}, [&](std::size_t) { return std::span<const float>(values); }, 1, "noise");
    std::vector<float> read(values.size());
    h5::checked(H5Dread(data, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, read.data()), "read");
    EXPECT_EQ(read, values);
}

TEST(Chunks, whose_low_digits_are_noise_are_read_back_and_little_larger) {
    constexpr std::size_t count = 70'000;  // more than a stored block holds
    std::vector<float> values(count);
    auto stream = Draws(5, 0).at(Purpose::bootstrap, 2);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = i % 5 == 0 ? 0.0f : float(1000 + i / 500 + stream.uniform());
    const std::vector<hsize_t> shape{1, count};
    auto file = h5::create_file();
    const h5::Storage storage{H5T_IEEE_F32LE, shape, shape, false};
    auto ours = h5::create_dataset(file, "ours", storage),
         theirs = h5::create_dataset(file, "theirs", storage);
    write_chunk(ours, 2, 0, shuffled_and_deflated(values), "ours");
    h5::write(theirs, H5T_NATIVE_FLOAT, values.data(), "theirs");
    h5::checked(H5Fflush(file, H5F_SCOPE_GLOBAL), "flush");
    const auto chunk = raw_chunk(ours, 0);
    EXPECT_GT(chunk.size(), 2 * count) << "the low halves lie as they are";
    EXPECT_LT(double(chunk.size()), 1.2 * double(raw_chunk(theirs, 0).size()));
    std::vector<float> read(count);
    h5::checked(H5Dread(ours, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, read.data()), "read");
    EXPECT_EQ(read, values);
}

}  // namespace
}  // namespace nuzuh
