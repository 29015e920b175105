// The word with which files give a choice, from the list of fields.
#pragma once

#include <string>

#include "sim/model/fields.hpp"

namespace nuzuh {

/// Finds the word of one choice among the fields of some settings.
struct ChoiceWord {
    std::string_view key;
    std::string word = "";

    template <class E>
    void choice(const Field& f, E& value, Choices<E> choices) {
        if (f.key == key) word = word_of(value, choices);
    }
    void text(const Field&, std::string&) {}
    void name(const Field&, std::string&, Names) {}
    void number(const Field&, double&, Range) {}
    void number(const Field&, std::optional<double>&, Range) {}
    void date(const Field&, std::optional<Date>&) {}
};

/// The word that a field of some settings has in files: `choice_word(place, "type")` is `idp_camp`; "" if there is no such
/// field.
template <class S>
std::string choice_word(S settings, std::string_view key) {
    ChoiceWord finder{key};
    describe(finder, settings);
    return finder.word;
}

}  // namespace nuzuh
