// The one table of every dataset in a results file: the writer, the reference (README.md) and the tests use it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/engine/fields.hpp"

namespace nuzuh {

/// Version of the results format; rises with every change of the table. The number before the point rises when
/// a name is taken away or changes its meaning.
constexpr std::string_view results_format = "2.5";

/// How the numbers or texts of a dataset are stored.
enum class Stored { float32, float64, int32, int8, text };

/// In which files a dataset stands.
enum class When {
    always,
    figures,            ///< the scenario lists reported figures
    planning,           ///< it lists planning figures
    origins,            ///< origins are tracked
    origins_by_record,  ///< and kept at every record
    causes,             ///< arrivals are kept by cause
    agents,             ///< the engine is agents
    traces,             ///< traces were asked for
    unknowns,           ///< members drew what is not known
    totals_alone,       ///< of each member its totals alone are kept
};

/// An axis of datasets.
struct Dimension {
    std::string_view group;  ///< "" at the root
    std::string_view name;
    std::string_view meaning;
};

/// Every axis, in the order in which netCDF numbers them.
const std::vector<Dimension>& dimensions();

/// One dataset: what a reader needs to know to use it without this program.
struct DatasetInfo {
    std::string group = "";  ///< "" at the root
    std::string name = "";
    std::vector<std::string> dimensions = {};  ///< slowest first; empty: a scalar
    Stored stored = Stored::float32;
    std::string unit = "";           ///< "" where there is none; "1" for a pure number
    std::string meaning = "";        ///< CF long_name, unlike any other in the file
    std::string cell_methods = "";   ///< CF: how a value stands for its interval; may be empty
    std::string standard_name = "";  ///< CF; may be empty
    When when = When::always;
    std::string_view since = "1.0";                                    ///< format version that brought it
    std::vector<std::pair<std::string, std::string>> attributes = {};  ///< further texts
    bool may_be_missing = false;                                       ///< NaN where there is no value

    /// "/group/name".
    std::string path() const;
};

/// The table, in the order in which datasets are created.
const std::vector<DatasetInfo>& layout();

/// Entry of the table by path. @throws std::logic_error if there is none
const DatasetInfo& dataset_info(std::string_view path);

/// Whether a dataset is a series by place or route of each member, or by home and place: what `output.members: totals` leaves out.
bool is_series_of_members(const DatasetInfo& info);

/// Whether a dataset says who the homes along the axis of origins are.
bool is_of_homes(const DatasetInfo& info);

/// Name of the dataset that holds what a place field comes to in each member: `arrivals_over_run`, `displaced_final`. It stands
/// where series of members are left out.
std::string over_run_name(const FieldInfo& field);

/// Name of the dataset of the most people without shelter at any time in each member, likewise.
constexpr std::string_view most_without_shelter = "most_without_shelter";

/// Text of output/README.md: the reference of the file format.
std::string format_reference();

}  // namespace nuzuh
