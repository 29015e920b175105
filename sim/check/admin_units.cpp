#include "sim/check/admin_units.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include <fmt/format.h>

#include "sim/base/folded.hpp"

namespace nuzuh {
namespace {

/// How codes of some countries are put together: letters of the country, then so many characters a level.
struct CodeForm {
    std::size_t adm1, adm2, adm3;  ///< 0: not published
    std::string_view countries;    ///< as their codes begin
};

/// Countries whose codes do not nest (the Philippines, Kyrgyzstan, Tajikistan, Madagascar; Myanmar below admin 1) are
/// not here, nor those without operations.
constexpr std::array<CodeForm, 23> code_forms{
    {{1, 1, 0, "LB"},
     {1, 1, 1, "KM"},
     {1, 1, 2, "LK RW TN TO"},
     {1, 2, 0, "ER FM KI LS SZ VC"},
     {1, 2, 1, "ZA"},
     {1, 2, 2, "CR FJ MW PK"},
     {1, 3, 2, "UG"},
     {2, 1, 1, "CF"},
     {2, 1, 2, "CL"},
     {2, 1, 3, "AM"},
     {2, 2, 0, "AF BJ CD CG CU CV DJ EG GE GH GT GW GY HN LA LR LY MN MR MY NA NI OM PS PY SO SR ST SV TZ"},
     {2, 2, 2, "AL BD BF BO BW CI DO EC ET GM KH ML MZ PA PE PG SL SN SS SY TD TG TH TL VE YE ZW"},
     {2, 2, 3, "HT ID UA"},
     {2, 3, 0, "CO MX SD UY UZ VU"},
     {2, 3, 3, "AO"},
     {2, 4, 4, "SB"},
     {2, 5, 0, "BR NP"},
     {3, 0, 0, "MMR"},
     {3, 2, 0, "BT VN"},
     {3, 3, 0, "AR BDI BY DZ GAB GQ IR KAZ KE"},
     {3, 3, 2, "GN"},
     {3, 3, 3, "CM IQ MV NER NG TUR ZM"},
     {3, 3, 7, "MA"}}};

bool is_one_of(std::string_view countries, std::string_view country) {
    for (std::size_t at = countries.find(country); at != countries.npos;
         at = countries.find(country, at + 1)) {
        const std::size_t end = at + country.size();
        if ((at == 0 || countries[at - 1] == ' ') && (end == countries.size() || countries[end] == ' '))
            return true;
    }
    return false;
}

/// The form of a code by the letters it begins with: three, or else two.
const CodeForm* form_of(std::string_view code, std::size_t letters) {
    if (code.size() <= letters) return nullptr;
    const auto country = code.substr(0, letters);
    const auto found = std::find_if(code_forms.begin(), code_forms.end(),
                                    [&](const CodeForm& form) { return is_one_of(form.countries, country); });
    return found == code_forms.end() ? nullptr : &*found;
}

UpperCodes cut(const std::string& code, const CodeForm& form, std::size_t letters) {
    const std::size_t first = letters + form.adm1, second = first + form.adm2, size = code.size();
    const bool only_first = size == first || (form.adm2 == 0 && size > first);
    if (only_first) return {code.substr(0, first), ""};
    const bool third = form.adm3 == 0 ? size > second : size == second + form.adm3;
    if (size != second && !third) return {};
    return {code.substr(0, first), code.substr(0, second)};
}

/// What one text is given together with, place by place: the first place of each partner.
class Partners {
public:
    /// Gives the place that first had another partner for this text; -1 if none had.
    int other_than(const std::string& text, const std::string& partner, int place) {
        auto& places = first_[text];
        places.emplace(partner, place);
        const auto other = std::find_if(places.begin(), places.end(),
                                        [&](const auto& entry) { return entry.first != partner; });
        return other == places.end() || places.at(partner) != place ? -1 : other->second;
    }

private:
    std::map<std::string, std::map<std::string, int>> first_;
};

class AdminUnits {
public:
    AdminUnits(const Network& network, Findings& findings) : places_(network.places), findings_(findings) {}

    void check() {
        for (int i = 0; i < int(places_.size()); ++i) {
            const auto& place = at(i);
            const std::string code = comparable_code(place.adm3_pcode);
            if (code.empty()) continue;
            names(i, code);
            inside(i, code, place.adm2_pcode, "adm2_pcode");
            inside(i, code, place.adm1_pcode, "adm1_pcode");
            fits(i, code, place.adm2_pcode, upper_codes(code).adm2, "adm2_pcode");
            fits(i, code, place.adm1_pcode, upper_codes(code).adm1, "adm1_pcode");
            upper(i, code);
        }
        say_unknown();
    }

private:
    const PlaceSettings& at(int i) const { return places_[std::size_t(i)]; }

    void warn(int place, std::string_view key, std::string message, std::string hint) {
        findings_.push_back({Severity::warning,
                             fmt::format("network.places[{}].{}", place, key),
                             std::move(message),
                             std::move(hint),
                             {},
                             {}});
    }

    void names(int i, const std::string& code) {
        const std::string name = folded(at(i).adm3);
        if (name.empty()) return;
        if (const int other = names_of_code_.other_than(code, name, i); other >= 0) {
            warn(i, "adm3",
                 fmt::format("sub-district {} is called '{}' here and '{}' at '{}'", code, at(i).adm3,
                             at(other).adm3, at(other).place),
                 "name it one way, or correct the code; exports take it for one sub-district");
        }
        if (const int other = codes_of_name_.other_than(name, code, i); other >= 0) {
            warn(i, "adm3_pcode",
                 fmt::format("sub-district '{}' has the code {} here and {} at '{}'", at(i).adm3, code,
                             comparable_code(at(other).adm3_pcode), at(other).place),
                 "correct the code, or tell the two apart by name; exports take them for two sub-districts");
        }
    }

    void inside(int i, const std::string& code, const std::string& upper, std::string_view key) {
        const std::string above = comparable_code(upper);
        if (above.empty()) return;
        const int other = (key == "adm2_pcode" ? districts_ : governorates_).other_than(code, above, i);
        if (other < 0) return;
        const auto& there = key == "adm2_pcode" ? at(other).adm2_pcode : at(other).adm1_pcode;
        warn(i, key,
             fmt::format("sub-district {} lies in {} here and in {} at '{}'", code, above,
                         comparable_code(there), at(other).place),
             "a sub-district lies in one district");
    }

    /// Holds a code that is given against the one that a sub-district's code begins with.
    void fits(int i, const std::string& code, const std::string& given, const std::string& cut_off,
              std::string_view key) {
        const std::string above = comparable_code(given);
        if (above.empty() || cut_off.empty() || above == cut_off) return;
        warn(
            i, key,
            fmt::format("sub-district {} lies in {} by its code, and in {} by {}", code, cut_off, above, key),
            "correct the one that is wrong; exports give both as they stand");
    }

    void upper(int i, const std::string& code) {
        const auto cut_off = upper_codes(code);
        const bool known = !(at(i).adm1_pcode.empty() && cut_off.adm1.empty()) &&
                           !(at(i).adm2_pcode.empty() && cut_off.adm2.empty());
        if (!known && unknown_++ == 0) first_unknown_ = i;
    }

    void say_unknown() {
        if (unknown_ == 0) return;
        warn(first_unknown_, "adm3_pcode",
             fmt::format("the codes of the units above '{}' are not known{}", at(first_unknown_).adm3_pcode,
                         unknown_ == 1 ? "" : fmt::format(", nor those of {} more places", unknown_ - 1)),
             "exports leave them empty: give the columns adm1_pcode and adm2_pcode");
    }

    const List<PlaceSettings>& places_;
    Findings& findings_;
    Partners names_of_code_, codes_of_name_, districts_, governorates_;
    int unknown_ = 0, first_unknown_ = 0;
};

}  // namespace

std::string comparable_code(std::string_view code) {
    std::string out;
    for (const unsigned char c : code) {
        if (!std::isspace(c)) out += char(std::toupper(c));
    }
    return out;
}

UpperCodes upper_codes(std::string_view code) {
    const std::string whole = comparable_code(code);
    for (const std::size_t letters : {3, 2}) {
        if (const auto* form = form_of(whole, letters)) return cut(whole, *form, letters);
    }
    return {};
}

void check_admin_units(const Network& network, Findings& findings) { AdminUnits(network, findings).check(); }

Network with_upper_codes(Network network) {
    for (auto& place : network.places.own()) {
        if (place.adm1_pcode.empty())
            place.adm1_pcode = upper_codes(place.adm3_pcode.empty() ? place.pcode : place.adm3_pcode).adm1;
    }
    return network;
}

}  // namespace nuzuh
