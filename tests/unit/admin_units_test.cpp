// P-codes: what lies above a sub-district, and what does not fit together.
#include "sim/check/admin_units.hpp"

#include <gmock/gmock.h>

namespace nuzuh {
namespace {

using ::testing::AllOf, ::testing::ElementsAre, ::testing::Field, ::testing::HasSubstr, ::testing::IsEmpty;

std::string above(const char* code) {
    const auto codes = upper_codes(code);
    return codes.adm1 + " " + codes.adm2;
}

TEST(UpperCodes, are_cut_at_the_lengths_of_the_country) {
    EXPECT_EQ(above("SY070201"), "SY07 SY0702");
    EXPECT_EQ(above("NG008001"), "NG008 NG008001");  // a code of admin 2
    EXPECT_EQ(above("NG008001005"), "NG008 NG008001");
    EXPECT_EQ(above("UA1402001"), "UA14 UA1402");
    EXPECT_EQ(above("ET010203"), "ET01 ET0102");
    EXPECT_EQ(above("SD01001"), "SD01 SD01001");
    EXPECT_EQ(above("IQG01Q02N03"), "IQG01 IQG01Q02");
    EXPECT_EQ(above("HT0111-01"), "HT01 HT0111");
    EXPECT_EQ(above("CF1113"), "CF11 CF111");
    EXPECT_EQ(above("LB31141"), "LB3 LB31");
    EXPECT_EQ(above("NER001002003"), "NER001 NER001002");
    EXPECT_EQ(above("BDI001002"), "BDI001 BDI001002");
    EXPECT_EQ(above("TUR001002"), "TUR001 TUR001002");
}

TEST(UpperCodes, come_from_however_a_code_is_typed) {
    EXPECT_EQ(above("sy070201"), "SY07 SY0702");
    EXPECT_EQ(above(" SY 0702 01 "), "SY07 SY0702");
}

TEST(UpperCodes, are_nothing_where_none_is_known) {
    EXPECT_EQ(above(""), " ");
    EXPECT_EQ(above("C1234"), " ");
    EXPECT_EQ(above("XX010203"), " ");
    EXPECT_EQ(above("SY07020"), " ");     // no level has seven characters
    EXPECT_EQ(above("UA14020011"), " ");  // nor ten
    EXPECT_EQ(above("PH153820000"), " ");
    EXPECT_EQ(above("SY"), " ");
    EXPECT_EQ(above("SY07"), "SY07 ");
    EXPECT_EQ(above("MMR001001"), "MMR001 ");  // townships do not carry the code of their district
}

PlaceSettings place(const char* id, const char* adm3, const char* code) {
    PlaceSettings p;
    p.place = p.name = id;
    p.adm3 = adm3;
    p.adm3_pcode = code;
    return p;
}

Findings checked(const std::vector<PlaceSettings>& places) {
    Network network;
    for (const auto& p : places) network.places.push_back(p);
    Findings findings;
    check_admin_units(network, findings);
    return findings;
}

auto finding(const char* path, const char* message) {
    return AllOf(Field(&Finding::severity, Severity::warning), Field(&Finding::path, path),
                 Field(&Finding::message, HasSubstr(message)));
}

TEST(AdminUnits, one_code_with_two_names_is_said_once_a_name) {
    EXPECT_THAT(
        checked({place("a", "Old Name", "SY070105"), place("b", "New Name", "SY070105"),
                 place("c", "New name", "sy070105")}),
        ElementsAre(finding("network.places[1].adm3",
                            "sub-district SY070105 is called 'New Name' here and 'Old Name' at 'a'")));
}

TEST(AdminUnits, one_name_with_two_codes_is_said) {
    EXPECT_THAT(checked({place("a", "Saraqab", "SY070205"), place("b", "Sarāqab", "SY070206")}),
                ElementsAre(finding("network.places[1].adm3_pcode", "SY070206 here and SY070205 at 'a'")));
}

TEST(AdminUnits, spellings_of_one_name_are_one) {
    EXPECT_THAT(checked({place("a", "Ma'arrat An Nu'man", "SY070200"),
                         place("b", "Maarrat an-Nu’mān", "SY070200"), place("c", "", "SY070200")}),
                IsEmpty());
}

TEST(AdminUnits, a_sub_district_in_two_districts_is_said) {
    auto a = place("a", "One", "XX1"), b = place("b", "One", "XX1");
    a.adm1_pcode = b.adm1_pcode = "X";
    a.adm2_pcode = "XA";
    b.adm2_pcode = "XB";
    EXPECT_THAT(checked({a, b}),
                ElementsAre(finding("network.places[1].adm2_pcode", "in XB here and in XA")));
}

TEST(AdminUnits, a_code_that_belongs_to_another_governorate_than_is_given_is_said) {
    auto a = place("a", "One", "SY070105"), b = place("b", "Two", "NG008001");
    a.adm1_pcode = "SY02", a.adm2_pcode = "sy0701";
    b.adm1_pcode = "NG008", b.adm2_pcode = "NG009001";
    EXPECT_THAT(
        checked({a, b}),
        ElementsAre(finding("network.places[0].adm1_pcode", "in SY07 by its code, and in SY02 by adm1_pcode"),
                    finding("network.places[1].adm2_pcode", "and in NG009001 by adm2_pcode")));
}

TEST(AdminUnits, codes_that_cannot_be_cut_are_said_once_unless_columns_give_them) {
    auto a = place("a", "One", "XX1"), b = place("b", "Two", "SY0701055"), c = place("c", "Three", "");
    EXPECT_THAT(checked({a, b, c}), ElementsAre(finding("network.places[0].adm3_pcode", "1 more place")));
    for (auto* p : {&a, &b}) p->adm1_pcode = "X", p->adm2_pcode = "XA";
    EXPECT_THAT(checked({a, b, c}), IsEmpty());
}

}  // namespace
}  // namespace nuzuh
