#!/bin/sh
# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a profile with a program and packs it beside this script: make_profile.sh BUILD NAME [CLI]
# BUILD: a build folder with tests/pack_profile; CLI: the program, when it is an older one. README.md says when to use it.
set -eu
build=$1 name=$2 cli=${3:-$1/bin/fieldfare-cli}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export FIELDFARE_PASSPHRASE='an old sparrow sings low'
ff() { "$cli" --profile "$work/profile" "$@" --json; }
id() { sed -n 's/.*"id":"\([0-9a-f-]*\)".*/\1/p' | head -1; }

ff init --company 'Old Oak Ltd' --user ann --full-name 'Ann Able' --currency EUR >/dev/null
team=$(ff create team name='North' | id)
oak=$(ff create customer name='Acorn & Söhne' kind=company phone='+49 30 1234567' email=hello@acorn.example website=https://acorn.example \
    region=east industry=manufacturing level=a source=referral needs='Twelve thousand acorns, each autumn.' revenue='1234567.89 EUR' \
    employees=42 founded=1887 tags='oak,autumn' next_step='Send the list' next_step_at=2026-12-01 team="$team" | id)
zhang=$(ff create customer name=张伟 kind=person gender=male birth_date=1980-02-29 mobile='138 0013 8000' description='老客户，喜欢喝茶。' | id)
ff create customer name='Acorn North' parent="$oak" revenue='-5.00 USD' >/dev/null
gone=$(ff create customer name='To be gone' | id)
bea=$(ff create contact name='Bea Beech' customer="$oak" title='Head of Seeds' role=decision_maker email=bea@acorn.example | id)
deal=$(ff create deal name='Autumn load' customer="$oak" amount='98765.43 EUR' expected_close=2026-12-24 product=Acorns | id)
ff create deal name='茶叶' customer="$zhang" amount='88 CNY' >/dev/null
ff create interaction customer="$oak" contact="$bea" about="$deal" kind=call at=2026-11-20T09:30:00Z subject='About the load' \
    body='She wants it early. And 张伟, too.' >/dev/null
ff create ticket subject='A squirrel in the van' customer="$oak" severity=high kind=complaint description='It will not leave.' deal="$deal" >/dev/null
ff set customer "$oak" phone='+49 30 7654321' employees=43 >/dev/null
ff set customer "$zhang" description='老客户，喜欢喝茶。今年不来。' >/dev/null
ff set customer "$oak" employees=99 >/dev/null
ff undo >/dev/null
ff trash customer "$gone" >/dev/null
printf 'name,phone,region\r\nBirch GmbH,+49 40 555,north\r\nCedar plc,+44 20 555,\r\n' >"$work/more.csv"
ff import customer "$work/more.csv" >/dev/null
ff check >/dev/null
"$build/tests/pack_profile" "$work/profile" "$here/$name"
ls -l "$here/$name"
