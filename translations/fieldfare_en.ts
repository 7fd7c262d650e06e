<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ReviewText</name>
    <message numerus="yes">
        <source>%n field(s) · %1</source>
        <translation>
            <numerusform>%n field · %1</numerusform>
            <numerusform>%n fields · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::BackupsSection</name>
    <message numerus="yes">
        <source>%n backup(s) of other profiles are in this folder, too.</source>
        <translation>
            <numerusform>%n backup of another profile is in this folder, too.</numerusform>
            <numerusform>%n backups of other profiles are in this folder, too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::BringBackPanel</name>
    <message numerus="yes">
        <source>%n come(s) back from the trash</source>
        <translation>
            <numerusform>%n comes back from the trash</numerusform>
            <numerusform>%n come back from the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lost one(s) come(s) back</source>
        <translation>
            <numerusform>%n lost one comes back</numerusform>
            <numerusform>%n lost ones come back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n get(s) former values back</source>
        <translation>
            <numerusform>%n gets former values back</numerusform>
            <numerusform>%n get former values back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) cannot come back this way: erased, or outside your rights.</source>
        <translation>
            <numerusform>%n record cannot come back this way: erased, or outside your rights.</numerusform>
            <numerusform>%n records cannot come back this way: erased, or outside your rights.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are as they were.</source>
        <translation>
            <numerusform>%n record is as it was.</numerusform>
            <numerusform>%n records are as they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ConflictPane</name>
    <message numerus="yes">
        <source>You and %1 changed the same %n field(s).</source>
        <translation>
            <numerusform>You and %1 changed the same field.</numerusform>
            <numerusform>You and %1 changed the same %n fields.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You, %1 and %2 changed the same %n field(s).</source>
        <translation>
            <numerusform>You, %1 and %2 changed the same field.</numerusform>
            <numerusform>You, %1 and %2 changed the same %n fields.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more record(s) have the same clash.</source>
        <translation>
            <numerusform>%n more record has the same clash.</numerusform>
            <numerusform>%n more records have the same clash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take theirs for all %n</source>
        <translation>
            <numerusform>Take theirs for all %n</numerusform>
            <numerusform>Take theirs for all %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 changed %n field(s), and may not change this record any more: a proposal.</source>
        <translation>
            <numerusform>%1 changed a field, and may not change this record any more: a proposal.</numerusform>
            <numerusform>%1 changed %n fields, and may not change this record any more: a proposal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DashboardPage</name>
    <message numerus="yes">
        <source>%n deal(s)</source>
        <translation>
            <numerusform>%n deal</numerusform>
            <numerusform>%n deals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DataKeySection</name>
    <message numerus="yes">
        <source>Too many wrong passphrases. The next try is possible in %n s.</source>
        <translation>
            <numerusform>Too many wrong passphrases. The next try is possible in %n s.</numerusform>
            <numerusform>Too many wrong passphrases. The next try is possible in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DataQualitySection</name>
    <message numerus="yes">
        <source>%n page(s) of the file cannot be read: %1</source>
        <translation>
            <numerusform>%n page of the file cannot be read: %1</numerusform>
            <numerusform>%n pages of the file cannot be read: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) point to one that is not here: %1</source>
        <translation>
            <numerusform>%n record points to one that is not here: %1</numerusform>
            <numerusform>%n records point to one that is not here: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) do not say which version they are: %1</source>
        <translation>
            <numerusform>%n record does not say which version it is: %1</numerusform>
            <numerusform>%n records do not say which version they are: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) cannot be read: %1</source>
        <translation>
            <numerusform>%n record cannot be read: %1</numerusform>
            <numerusform>%n records cannot be read: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Empty the field of %n record(s): %1. Undo takes it back.</source>
        <translation>
            <numerusform>Empty the field of %n record: %1. Undo takes it back.</numerusform>
            <numerusform>Empty the field of %n records: %1. Undo takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n record(s) to the trash that are nothing without the other one: %1. Undo takes it back.</source>
        <translation>
            <numerusform>Move %n record to the trash that is nothing without the other one: %1. Undo takes it back.</numerusform>
            <numerusform>Move %n records to the trash that are nothing without the other one: %1. Undo takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the versions of %n record(s) from history: %1. The next sync settles the rest.</source>
        <translation>
            <numerusform>Take the versions of %n record from history: %1. The next sync settles the rest.</numerusform>
            <numerusform>Take the versions of %n records from history: %1. The next sync settles the rest.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::EntityForm</name>
    <message numerus="yes">
        <source>%n more field(s)</source>
        <translation>
            <numerusform>%n more field</numerusform>
            <numerusform>%n more fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::EntityList</name>
    <message numerus="yes">
        <source>No %1 matches these %n filter(s)</source>
        <translation>
            <numerusform>No %1 matches this filter</numerusform>
            <numerusform>No %1 matches these %n filters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::RecordsPage</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ReviewPage</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the %n decided one(s)</source>
        <translation>
            <numerusform>Show the %n decided one</numerusform>
            <numerusform>Show the %n decided ones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Theirs taken for %n record(s)</source>
        <translation>
            <numerusform>Theirs taken for %n record</numerusform>
            <numerusform>Theirs taken for %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SaveBar</name>
    <message numerus="yes">
        <source>%n field(s) not saved</source>
        <translation>
            <numerusform>%n field not saved</numerusform>
            <numerusform>%n fields not saved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SecuritySection</name>
    <message numerus="yes">
        <source>After %n min</source>
        <translation>
            <numerusform>After %n min</numerusform>
            <numerusform>After %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong passphrases. The next try is possible in %n s.</source>
        <translation>
            <numerusform>Too many wrong passphrases. The next try is possible in %n s.</numerusform>
            <numerusform>Too many wrong passphrases. The next try is possible in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SyncPage</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be handed in and stay on this computer.</source>
        <translation>
            <numerusform>%n change could not be handed in and stays on this computer.</numerusform>
            <numerusform>%n changes could not be handed in and stay on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1. You can work as usual; %n change(s) are kept here and sent later.</source>
        <translation>
            <numerusform>%1. You can work as usual; %n change is kept here and sent later.</numerusform>
            <numerusform>%1. You can work as usual; %n changes are kept here and sent later.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>: %n of them handed in for review</source>
        <translation>
            <numerusform>: %n of them handed in for review</numerusform>
            <numerusform>: %n of them handed in for review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::TimelineModel</name>
    <message numerus="yes">
        <source>%n field(s) changed by %1</source>
        <translation>
            <numerusform>%n field changed by %1</numerusform>
            <numerusform>%n fields changed by %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::UnlockPage</name>
    <message numerus="yes">
        <source>That is not the passphrase. %n tries left, then a wait of %1 min. Your data is not touched.</source>
        <translation>
            <numerusform>That is not the passphrase. %n try left, then a wait of %1 min. Your data is not touched.</numerusform>
            <numerusform>That is not the passphrase. %n tries left, then a wait of %1 min. Your data is not touched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That is not the passphrase. The next try is possible in %n s. Your data is not touched.</source>
        <translation>
            <numerusform>That is not the passphrase. The next try is possible in %n s. Your data is not touched.</numerusform>
            <numerusform>That is not the passphrase. The next try is possible in %n s. Your data is not touched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::WelcomePage</name>
    <message numerus="yes">
        <source>About %n second(s) left.</source>
        <translation>
            <numerusform>About %n second left.</numerusform>
            <numerusform>About %n seconds left.</numerusform>
        </translation>
    </message>
</context>
</TS>
