// One scenario laid over another.
#pragma once

#include <string>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Lays `over` over `base`: maps merge key by key; lists whose entries have an identity (`groups` by name,
/// `fronts` by place) merge entry into entry; other lists grow; `~` takes away what the base said; a network
/// folder replaces the network.
void lay_over(Node& base, Node over, const std::string& path, Notes& notes);

/// Empties the lists that `replaces: [...]` names, before the overlay that says so is laid over.
void empty_replaced(Node& base, const Node& replaces, Notes& notes);

/// Entries of one list that claim the same identity, in the lists of one file.
void note_twins(const Node& scenario, const Sources& sources, Notes& notes);

/// The identity of a list's entry under the key that tells entries apart; "" if it has none.
std::string identity_of(const Node& entry, const std::string& identity_key);

/// The node at a dotted path of keys; nullptr if there is none.
Node* at_path(Node& root, std::string_view path);

}  // namespace nuzuh::scenario
