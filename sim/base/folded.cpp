#include "sim/base/folded.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "sim/base/utf8.hpp"

namespace nuzuh {
namespace {

/// Base letters of U+00C0 to U+024F and U+1E00 to U+1EFF; '.' where there is none.
///
/// Source   Unicode 15, UnicodeData.txt: the letter of the decomposition; letters with a bar or hook by their shape
constexpr std::string_view latin =
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiii..jjkk.llllll..llnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bbbb..occdddd...effgg.iikkl..nn.oo..pp.....ttttuuuvyyzz......................aaiioouuuuuuuuuu.aa"
    "aa..ggggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj...ccl.s"
    "z..bu.eejj..rryy";
constexpr std::string_view latin_additional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
    "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static_assert(latin.size() == 0x250 - 0xC0 && latin_additional.size() == 0x100);

struct Spelled {
    std::u32string_view letters;
    std::string_view as;
};

/// Letters that stand for two, and those of the phonetic block that names in West Africa are written with.
constexpr std::array<Spelled, 15> spelled{{{U"ÆæǢǣǼǽ", "ae"},
                                           {U"Œœ", "oe"},
                                           {U"ßẞ", "ss"},
                                           {U"Þþ", "th"},
                                           {U"Ĳĳ", "ij"},
                                           {U"ǄǅǆǱǲǳ", "dz"},
                                           {U"Ǉǈǉ", "lj"},
                                           {U"Ǌǋǌ", "nj"},
                                           {U"ƏəƎǝ", "ə"},
                                           {U"ɓ", "b"},
                                           {U"ɖɗ", "d"},
                                           {U"ɛ", "e"},
                                           {U"ɔǾǿ", "o"},
                                           {U"ɠɣ", "g"},
                                           {U"ɲ", "n"}}};

/// Letters of other scripts with a mark, or of a neighbouring keyboard, and below the letter that each is compared as: Greek;
/// Cyrillic; Arabic alef, waw and yeh with hamza or madda, teh marbuta, alef maksura; Persian and Urdu kaf, yeh and heh,
/// Kurdish e, yeh, waw, reh and lam with a small v.
constexpr std::u32string_view marked =
    U"άέήίϊΐόύϋΰώςΆΈΉΊΌΎΏ"
    U"ѐёѓґїќѝйў"
    U"\u0622\u0623\u0625\u0671\u0672\u0673\u0624\u0626\u0649\u0629"
    U"\u06A9\u06AA\u06CC\u06CD\u06CE\u06D0\u06D2\u06BE\u06C0\u06C1\u06C2\u06C3\u06D5\u06C4\u06C6"
    U"\u06C7\u06C8\u06C9\u06CA\u0692\u0695\u06B5";
constexpr std::u32string_view unmarked =
    U"αεηιιιουυυωσαεηιουω"
    U"ееггікииу"
    U"\u0627\u0627\u0627\u0627\u0627\u0627\u0648\u064A\u064A\u0647"
    U"\u0643\u0643\u064A\u064A\u064A\u064A\u064A\u0647\u0647\u0647\u0647\u0647\u0647\u0648\u0648"
    U"\u0648\u0648\u0648\u0648\u0631\u0631\u0644";
static_assert(marked.size() == unmarked.size());

struct Span {
    char32_t first, last;
};

/// What a name is compared without: blanks, marks and signs, and vowel signs of scripts that leave them out at will.
constexpr std::array<Span, 30> left_out{
    {{0x80, 0xA9},     {0xAB, 0xB1},     {0xB4, 0xB4},     {0xB6, 0xB8},     {0xBB, 0xBF},
     {0xD7, 0xD7},     {0xF7, 0xF7},     {0x2B0, 0x36F},   {0x482, 0x489},   {0x559, 0x55F},
     {0x589, 0x5C7},   {0x5F3, 0x5F4},   {0x600, 0x61F},   {0x621, 0x621},   {0x640, 0x640},
     {0x64B, 0x65F},   {0x66A, 0x66D},   {0x670, 0x670},   {0x674, 0x674},   {0x6D4, 0x6D4},
     {0x6D6, 0x6ED},   {0x7F4, 0x7F5},   {0x964, 0x965},   {0x104A, 0x104F}, {0x1DC0, 0x1DFF},
     {0x2000, 0x2BFF}, {0x3000, 0x3004}, {0xA78B, 0xA78C}, {0xFE00, 0xFE2F}, {0xFEFF, 0xFEFF}}};

/// Letters of U+FE80 to U+FEF4, the shapes that Arabic letters take in old files, by letter: the shapes of one follow
/// each other.
struct Shape {
    char32_t first, letter;
};
constexpr std::array<Shape, 36> shapes{
    {{0xFE80, 0x621}, {0xFE81, 0x622}, {0xFE83, 0x623}, {0xFE85, 0x624}, {0xFE87, 0x625}, {0xFE89, 0x626},
     {0xFE8D, 0x627}, {0xFE8F, 0x628}, {0xFE93, 0x629}, {0xFE95, 0x62A}, {0xFE99, 0x62B}, {0xFE9D, 0x62C},
     {0xFEA1, 0x62D}, {0xFEA5, 0x62E}, {0xFEA9, 0x62F}, {0xFEAB, 0x630}, {0xFEAD, 0x631}, {0xFEAF, 0x632},
     {0xFEB1, 0x633}, {0xFEB5, 0x634}, {0xFEB9, 0x635}, {0xFEBD, 0x636}, {0xFEC1, 0x637}, {0xFEC5, 0x638},
     {0xFEC9, 0x639}, {0xFECD, 0x63A}, {0xFED1, 0x641}, {0xFED5, 0x642}, {0xFED9, 0x643}, {0xFEDD, 0x644},
     {0xFEE1, 0x645}, {0xFEE5, 0x646}, {0xFEE9, 0x647}, {0xFEED, 0x648}, {0xFEEF, 0x649}, {0xFEF1, 0x64A}}};

/// A capital letter of Greek, Cyrillic, Armenian or Georgian as the small one.
char32_t in_small(char32_t c) {
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    if (within(0x391, 0x3AB) || within(0x410, 0x42F)) return c + 0x20;
    if (within(0x400, 0x40F)) return c + 0x50;
    if (within(0x460, 0x481) || within(0x48A, 0x4BF) || within(0x4D0, 0x52F)) return c | 1;
    if (within(0x4C1, 0x4CE)) return c + (c & 1);
    if (c == 0x4C0) return 0x4CF;
    if (within(0x531, 0x556)) return c + 0x30;
    if (within(0x1C90, 0x1CBF)) return c - 0xBC0;
    return c;
}

char32_t without_shape(char32_t c) {
    if (c < 0xFE80 || c > 0xFEF4) return c;
    const auto after =
        std::upper_bound(shapes.begin(), shapes.end(), c,
                         [](char32_t value, const Shape& shape) { return value < shape.first; });
    return std::prev(after)->letter;
}

/// The digit 0 to 9 of the Arabic-Indic rows, else nothing.
char digit_of(char32_t c) {
    const bool arabic = c >= 0x660 && c <= 0x669, extended = c >= 0x6F0 && c <= 0x6F9;
    return arabic || extended ? char('0' + (c & 0xF)) : '\0';
}

void append_ascii(std::string& out, char c) {
    if (c >= 'A' && c <= 'Z') out += char(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
}

/// Appends a letter of the Latin blocks by its base letter. Gives whether it is one.
bool append_latin(std::string& out, char32_t c) {
    for (const auto& s : spelled) {
        if (s.letters.find(c) == s.letters.npos) continue;
        out += s.as;
        return true;
    }
    char base = '.';
    if (c >= 0xC0 && c < 0x250) base = latin[c - 0xC0];
    if (c >= 0x1E00 && c < 0x1F00) base = latin_additional[c - 0x1E00];
    if (base != '.') out += base;
    return base != '.';
}

bool is_left_out(char32_t c) {
    return std::any_of(left_out.begin(), left_out.end(),
                       [c](const Span& span) { return c >= span.first && c <= span.last; });
}

void append_folded(std::string& out, char32_t c) {
    if (c < 0x80) return append_ascii(out, char(c));
    c = in_small(without_shape(c));
    if (is_left_out(c) || append_latin(out, c)) return;
    if (const char digit = digit_of(c)) {
        out += digit;
        return;
    }
    const auto at = marked.find(c);
    append_utf8(out, at == marked.npos ? c : unmarked[at]);
}

}  // namespace

std::string folded(std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const auto [letter, bytes] = code_point(name, at);
        append_folded(out, letter);
        at += bytes;
    }
    return out;
}

}  // namespace nuzuh
