# Columns that figures name within `with`.
utils::globalVariables(c("mark", "size", "within", "colour", "width", "line", "home", "place", "persons"))
