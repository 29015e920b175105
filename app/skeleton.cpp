#include "app/skeleton.hpp"

namespace nuzuh::app {

namespace {

constexpr std::string_view skeleton_places = R"(place,name,type,lat,lon,population,capacity,leads_to,source
#loc+code,#loc+name,#loc+type,#geo+lat,#geo+lon,#population,#capacity+num,#loc+dest+code,#meta+source
mill_hill,Mill Hill,town,1.30,2.10,12000,600,,invented: the town under attack
old_market,Old Market,town,1.20,2.20,30000,3000,,invented: the next town
long_bridge,Long Bridge,town,1.05,2.15,18000,2500,,invented: a town out of reach
south_camp,South Camp,camp,0.95,2.30,0,8000,,invented: a camp that is ready and empty
border_gate,Border Gate,crossing,1.15,2.45,0,,beyond,invented: where the border can be crossed
beyond,Beyond the Border,abroad,1.17,2.52,0,,,invented: stands for the neighbouring country
)";

constexpr std::string_view skeleton_routes = R"(route,from,to,km,class,status,source
#meta+id,#loc+origin+code,#loc+dest+code,#indicator+km+num,#indicator+class+text,#status,#meta+source
R1,mill_hill,old_market,19,primary,open,invented: straight line x 1.2
R2,old_market,long_bridge,21,primary,open,invented: straight line x 1.2
R3,mill_hill,long_bridge,36,secondary,open,invented: straight line x 1.27
R4,long_bridge,south_camp,24,secondary,open,invented: straight line x 1.2
R5,old_market,south_camp,37,track,open,invented: straight line x 1.23
R6,old_market,border_gate,34,primary,open,invented: straight line x 1.2
R7,border_gate,beyond,9,border,open,invented: straight line x 1.1
)";

constexpr std::string_view skeleton_bombardment = R"(place,from,to,strikes_per_day,source
#loc+code,#date+start,#date+end,#indicator+strikes_per_day+num,#meta+source
mill_hill,2026-03-05,2026-03-18,20,invented: two weeks of shelling
old_market,2026-03-12,2026-03-18,4,invented: it reaches the next town
)";

constexpr std::string_view skeleton_scenario =
    R"(# A scenario to make your own. The region and every number in it are invented: change the tables first, then this
# file, and after each change ask
#   nuzuh check scenario.yaml                 every mistake at once, with its line
#   nuzuh run scenario.yaml                   scenario.h5 and a summary
#   nuzuh brief scenario.h5                   a page to hand on
#   nuzuh explain bombardment                 what a key means, its unit, range, default and source
title: An invented valley
summary: Skeleton of a scenario; nothing in it happened.

# The days that are simulated, both included.
period: {from: 2026-03-01, to: 2026-04-30}

# places.csv: a row for each place where people live, pass or arrive. `place` is its name in the other tables; `lat` and
#   `lon` in degrees; `population` in persons on the first day; `capacity` is room for newly displaced people, in
#   persons. `type` is town, camp, idp_camp, crossing or abroad; a crossing says in `leads_to` what lies behind it.
# routes.csv: a row for each road between two places: length in km, class (nuzuh explain network.routes.class), and
#   whether it is open or closed. Where no length is known: straight line x 1.2 on main roads, up to 1.45 in mountains.
# The row below each header holds HXL tags and may be left out. Say in `source` where a number is from, or "judgement".
network:
  places: [{table: places.csv}]
  routes: [{table: routes.csv}]

# Who lives there. Groups that behave differently (residents and people displaced before, say) have a share each.
groups:
  - {name: everyone, share: 1, household_size: 5}

# bombardment.csv: strikes a day on a place from one day to another, both included. A strike is an air strike or ten
# ground strikes. `nuzuh import acled` makes such a table of an export of events. No row: no strikes.
bombardment:
  - {table: bombardment.csv}

# What each border crossing lets through: closed, open, or a quota of persons a day.
crossings:
  - {place: border_gate, policy: quota, quota: 300, source: invented}

# What was reported, to stand beside what is simulated (nuzuh explain reported).
# reported:
#   - {figure: by the end of March, quantity: people_displaced, to: 2026-03-31, persons: 20000,
#      source: "who reported it, and when"}

# How often it is run; the band of the results comes from these.
engine: {members: 50, seed: 1}
)";

}  // namespace

constexpr std::array<SkeletonFile, 4> skeleton{{{"places.csv", skeleton_places},
                                                {"routes.csv", skeleton_routes},
                                                {"bombardment.csv", skeleton_bombardment},
                                                {"scenario.yaml", skeleton_scenario}}};

}  // namespace nuzuh::app
