// Lists of settings that copies of their holder share.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace nuzuh {

/// A vector that copies share until one of them is changed; lists that are shared are equal without a look at what
/// they hold. Loops read; an entry is changed by its number, at an end, or through `own`, which first copies the list
/// away from those who share it. A reference from before a copy was made is not to be written through.
template <class T>
class List {
public:
    using Vector = std::vector<T>;

    List() = default;
    List(Vector items) : items_(items.empty() ? nullptr : std::make_shared<Vector>(std::move(items))) {}
    List(std::initializer_list<T> items) : List(Vector(items)) {}

    operator const Vector&() const { return items(); }
    /// The vector, to be changed.
    Vector& own() {
        if (!items_)
            items_ = std::make_shared<Vector>();
        else if (items_.use_count() > 1)
            items_ = std::make_shared<Vector>(*items_);
        return *items_;
    }

    bool empty() const { return size() == 0; }
    std::size_t size() const { return items_ ? items_->size() : 0; }
    const T* begin() const { return items_ ? items_->data() : nullptr; }
    const T* end() const { return begin() + size(); }
    const T& operator[](std::size_t i) const { return (*items_)[i]; }
    const T& at(std::size_t i) const { return items().at(i); }
    const T& front() const { return items_->front(); }
    const T& back() const { return items_->back(); }

    T& operator[](std::size_t i) { return own()[i]; }
    T& front() { return own().front(); }
    T& back() { return own().back(); }
    void resize(std::size_t size) { own().resize(size); }
    void push_back(T item) { own().push_back(std::move(item)); }
    void pop_back() { own().pop_back(); }
    void clear() { items_.reset(); }

    bool operator==(const List& other) const { return items_ == other.items_ || items() == other.items(); }

private:
    const Vector& items() const {
        static const Vector none;
        return items_ ? *items_ : none;
    }

    std::shared_ptr<Vector> items_;
};

}  // namespace nuzuh
