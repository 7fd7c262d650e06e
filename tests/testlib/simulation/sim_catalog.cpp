// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/sim_catalog.h"

#include "core/model/entities/entities.h"

#include <string_view>
#include <vector>

namespace fieldfare::simulation {

using namespace model;

namespace {

constexpr const char *kThingTarget[] = {"thing"};
constexpr const char *kAnyTarget[] = {"thing", "label"};
constexpr const char *kTeamTarget[] = {"team"};
constexpr FieldSpec kThingFields[] = {
    {.id = kF0, .name = "f0", .type = FieldType::Text, .label = "f0", .maxLength = kMaxText},
    {.id = kF1, .name = "f1", .type = FieldType::Text, .label = "f1", .maxLength = kMaxText},
    {.id = kG0, .name = "g0", .type = FieldType::Text, .label = "g0", .maxLength = kMaxText, .guardGroup = 1},
    {.id = kG1, .name = "g1", .type = FieldType::Text, .label = "g1", .maxLength = kMaxText, .guardGroup = 1},
    {.id = kText, .name = "text", .type = FieldType::LongText, .label = "text", .merge = Merge::Text},
    {.id = kCounter, .name = "counter", .type = FieldType::Integer, .label = "counter", .merge = Merge::Counter},
    {.id = kParent, .name = "parent", .type = FieldType::Reference, .label = "parent", .targets = kThingTarget},
    {.id = kOwner, .name = "owner", .type = FieldType::User, .label = "owner", .flags = Mine},
    {.id = kTeam, .name = "team", .type = FieldType::Reference, .label = "team", .targets = kTeamTarget},
};
constexpr EntitySpec kThingSpec = {.id = kThing, .name = "thing", .label = "Thing", .pluralLabel = "Things", .parentField = "parent", .fields = kThingFields};

constexpr FieldSpec kLabelFields[] = {
    {.id = kF0, .name = "f0", .type = FieldType::Text, .label = "f0", .maxLength = kMaxText},
    {.id = kF1, .name = "f1", .type = FieldType::Text, .label = "f1", .maxLength = kMaxText},
};
constexpr EntitySpec kLabelSpec = {.id = kLabel, .name = "label", .label = "Label", .pluralLabel = "Labels", .flags = NamedId, .fields = kLabelFields};

/// The product's conflicts, about things.
const EntitySpec &conflictSpec()
{
    static const std::vector<FieldSpec> fields = [] {
        std::vector<FieldSpec> copy(entities::kConflict.fields.begin(), entities::kConflict.fields.end());
        for (FieldSpec &field : copy) {
            if (std::string_view(field.name) == "record")
                field.targets = kAnyTarget;
        }
        return copy;
    }();
    static const EntitySpec spec = [] {
        EntitySpec copy = entities::kConflict;
        copy.fields = fields;
        return copy;
    }();
    return spec;
}

} // namespace

CatalogPointer simulationCatalog()
{
    static const EntitySpec *const specs[] = {&entities::kUser, &entities::kTeam, &entities::kRoleRight, &kLabelSpec, &kThingSpec, &conflictSpec()};
    static const auto catalog = std::make_shared<const Catalog>(std::span<const EntitySpec *const>(specs));
    return catalog;
}

} // namespace fieldfare::simulation
