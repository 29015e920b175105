// Sets that are joined two at a time.
#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace nuzuh {

/// Numbers from 0 on in sets, at first each in one of its own; a set is known by one of its numbers, its root.
///
/// Source   union-find with path halving
class DisjointSets {
public:
    explicit DisjointSets(int count) : above_(static_cast<std::size_t>(count)) {
        std::iota(above_.begin(), above_.end(), 0);
    }
    int root(int i) {
        while (above_[std::size_t(i)] != i) {
            above_[std::size_t(i)] = above_[std::size_t(above_[std::size_t(i)])];
            i = above_[std::size_t(i)];
        }
        return i;
    }
    /// Joins the set of `a` to that of `b`, whose root stays.
    void join(int a, int b) { above_[std::size_t(root(a))] = root(b); }

private:
    std::vector<int> above_;
};

}  // namespace nuzuh
