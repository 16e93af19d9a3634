using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>Edit, assign, prioritize, attach, watch, participants.</summary>
public class WorkingTests
{
    private readonly Bench bench = Bench.WithIncident();

    public static TheoryData<TicketCommand> WorkOfAgents =>
        [
            new EditTicket(Summary: "x"),
            new AssignTicket(null, null),
            new SetPriority(Priority.Critical),
            new AddInternalNote("secret", []),
            new AttachFiles([Bench.File()], Visibility.Internal),
            new MoveTicket("HR", "request"),
            new AddTask(LocalizedText.Of("x")),
            new TickTask(1, IsDone: true),
        ];

    [Theory]
    [MemberData(nameof(WorkOfAgents))]
    public void The_work_of_agents_is_forbidden_to_customers_of_the_ticket(TicketCommand command)
    {
        var refusal = bench.Refuse(Company.Bora, command);

        Assert.Equal((RefusalKind.Forbidden, RefusalCodes.AgentsOnly), (refusal.Kind, refusal.Code));
    }

    [Theory]
    [MemberData(nameof(WorkOfAgents))]
    public void A_ticket_that_one_may_not_see_does_not_exist(TicketCommand command)
    {
        var refusal = bench.Refuse(Company.Zoe, command);

        Assert.Equal((RefusalKind.NotFound, RefusalCodes.TicketUnknown), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public void A_command_to_a_ticket_that_was_never_opened_is_not_found()
    {
        Assert.Equal(RefusalKind.NotFound, new Bench().Refuse(Company.Alice, new SetPriority(Priority.Low)).Kind);
    }

    [Fact]
    public void A_person_without_rights_at_hand_may_nothing()
    {
        var refusal = bench.Refuse(new CommandEnvelope(new SetPriority(Priority.Low), Actor.Of(Company.Alice.Id)));

        Assert.Equal(RefusalCodes.ViewerMissing, refusal.Code);
    }

    [Fact]
    public void An_edit_records_only_what_changes()
    {
        var events = bench.Accept(
            Company.Alice,
            new EditTicket(
                "Printer burns",
                "New words",
                Bench.Change("amount", new NumberValue(2.5m)).SetItem("vendor", null),
                ["fire"]
            )
        );

        Assert.Equal<TicketEvent>(
            [
                new TextEdited(null, "New words"),
                new FieldsChanged(Bench.Change("amount", new NumberValue(2.5m))),
                new LabelsChanged(["fire"]),
            ],
            events
        );
        Assert.Equal(
            ("Printer burns", "New words", new NumberValue(2.5m)),
            (bench.Ticket.Summary, bench.Ticket.Description, bench.Ticket.Fields.Find("amount"))
        );
    }

    [Fact]
    public void What_changes_nothing_records_nothing()
    {
        bench.Accept(Company.Alice, new AssignTicket(Company.Alice.Id, null));

        Assert.Empty(bench.Accept(Company.Alice, new EditTicket("Printer burns", null, null, [])));
        Assert.Empty(bench.Accept(Company.Alice, new AssignTicket(Company.Alice.Id, null)));
        Assert.Empty(bench.Accept(Company.Alice, new SetPriority(Priority.Medium)));
        Assert.Empty(bench.Accept(Company.Alice, new WatchTicket(Company.Alice.Id, false)));
        Assert.Empty(bench.Accept(Company.Alice, new AddParticipants([Company.Bora.Id])));
        Assert.Empty(bench.Accept(Company.Alice, new RemoveParticipants([Company.Minho.Id])));
        Assert.Empty(bench.Accept(Company.Alice, new MoveTicket("ITSD", null)));
        Assert.Empty(bench.Accept(Company.Alice, Bench.To("new")));
    }

    public static TheoryData<string, FieldValue> RightValues =>
        new()
        {
            { "impact", new ChoiceValue("low") },
            { "vendor", new TextValue("한글") },
            { "cause", new TextValue("several\nlines") },
            { "amount", new NumberValue(-1.5m) },
            { "agreed", new FlagValue(false) },
            { "wanted", new DateValue(new LocalDate(2026, 1, 31)) },
            { "happened", new MomentValue(Bench.Start) },
            { "systems", new ChoicesValue(["erp", "mail"]) },
            { "tags", new ChoicesValue(["free", "words"]) },
            { "owner", new PersonValue(Company.Zoe.Id) },
            { "unit", new OrganizationValue(Company.Zenith) },
            { "crew", new TeamValue(Company.Network) },
            { "page", new TextValue("https://example.com/?q=1") },
        };

    [Theory]
    [MemberData(nameof(RightValues))]
    public void A_field_takes_a_value_of_its_kind_and_is_emptied_by_nothing(string field, FieldValue value)
    {
        bench.Accept(Company.Alice, new TransitionTicket("in-progress", null, ValueMap<FieldValue?>.Empty));
        bench.Accept(Company.Alice, new EditTicket(Fields: Bench.Change(field, value)));
        Assert.Equal(value, bench.Ticket.Fields.Find(field));

        bench.Accept(Company.Alice, new EditTicket(Fields: Bench.Change(field, null)));
        Assert.False(bench.Ticket.Fields.ContainsKey(field));
    }

    public static TheoryData<string, FieldValue, string> WrongValues =>
        new()
        {
            { "nonsense", new TextValue("x"), RefusalCodes.FieldUnknown },
            { "foreign", new TextValue("of another type"), RefusalCodes.FieldUnknown },
            { "impact", new TextValue("low"), RefusalCodes.FieldKind },
            { "amount", new TextValue("1"), RefusalCodes.FieldKind },
            { "vendor", new NumberValue(1), RefusalCodes.FieldKind },
            { "impact", new ChoiceValue("huge"), RefusalCodes.FieldChoice },
            { "systems", new ChoicesValue(["mail", "crm"]), RefusalCodes.FieldChoice },
            { "vendor", new TextValue(new string('x', 256)), RefusalCodes.TextTooLong },
            { "vendor", new TextValue("two\nlines"), RefusalCodes.TextOneLine },
            { "owner", new PersonValue(new PersonId(999)), RefusalCodes.PersonUnknown },
            { "owner", new OrganizationValue(Company.Acme), RefusalCodes.FieldKind },
            { "unit", new OrganizationValue(new OrganizationId(999)), RefusalCodes.OrganizationUnknown },
            { "crew", new TeamValue(new TeamId(999)), RefusalCodes.TeamUnknown },
            { "page", new TextValue("javascript:alert(1)"), RefusalCodes.FieldUrl },
            { "page", new TextValue("not an address"), RefusalCodes.FieldUrl },
        };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void A_field_refuses_what_is_not_of_its_kind(string field, FieldValue value, string code)
    {
        var refusal = bench.Refuse(Company.Alice, new EditTicket(Fields: Bench.Change(field, value)));

        Assert.Equal((code, $"fields.{field}"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Empty_words_and_no_choices_empty_a_field()
    {
        bench.Accept(Company.Alice, new EditTicket(Fields: Bench.Change("vendor", new TextValue("x"))));
        bench.Accept(Company.Alice, new EditTicket(Fields: Bench.Change("vendor", new TextValue(""))));

        Assert.False(bench.Ticket.Fields.ContainsKey("vendor"));
        Assert.Empty(bench.Accept(Company.Alice, new EditTicket(Fields: Bench.Change("tags", new ChoicesValue([])))));
    }

    [Fact]
    public void A_field_is_not_changed_in_a_status_that_locks_it()
    {
        var edit = new EditTicket(Fields: Bench.Change("cause", new TextValue("toner")));

        var refusal = bench.Refuse(Company.Alice, edit);
        Assert.Equal((RefusalKind.Conflict, RefusalCodes.FieldLocked), (refusal.Kind, refusal.Code));

        bench.Accept(Company.Alice, Bench.To("in-progress"));
        bench.Accept(Company.Alice, edit);
    }

    [Fact]
    public void A_field_for_some_roles_is_changed_by_them_and_by_administrators()
    {
        var edit = new EditTicket(Fields: Bench.Change("budget", new NumberValue(1)));

        Assert.Equal(RefusalCodes.FieldRole, bench.Refuse(Company.Alice, edit).Code);
        bench.Accept(Company.Admin, edit);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("a,b")]
    [InlineData(" ")]
    public void A_label_is_one_word(string label)
    {
        Assert.Equal(RefusalCodes.LabelInvalid, bench.Refuse(Company.Alice, new EditTicket(Labels: [label])).Code);
    }

    [Fact]
    public void Work_is_given_to_active_agents_and_teams_of_the_desk()
    {
        bench.Accept(Company.Alice, new AssignTicket(Company.Eve.Id, Company.Network));
        Assert.Equal((Company.Eve.Id, Company.Network), (bench.Ticket.Assignee!.Value, bench.Ticket.Team!.Value));

        Assert.Equal(RefusalCodes.AssigneeNotAgent, Assigning(Company.Bora.Id, null));
        Assert.Equal(RefusalCodes.AssigneeNotAgent, Assigning(Company.Retired.Id, null));
        Assert.Equal(RefusalCodes.PersonUnknown, Assigning(new PersonId(999), null));
        Assert.Equal(RefusalCodes.TeamUnknown, Assigning(null, new TeamId(999)));

        string Assigning(PersonId? person, TeamId? team) =>
            bench.Refuse(Company.Alice, new AssignTicket(person, team)).Code;
    }

    [Fact]
    public void On_a_desk_of_some_teams_only_they_and_their_members_get_work()
    {
        var hr = new Bench();
        hr.Accept(Company.Eve, Bench.Opening("request", "HR"));

        Assert.Equal(
            RefusalCodes.AssigneeNotAgent,
            hr.Refuse(Company.Eve, new AssignTicket(Company.Alice.Id, null)).Code
        );
        Assert.Equal(RefusalCodes.TeamNotOfDesk, hr.Refuse(Company.Eve, new AssignTicket(null, Company.Network)).Code);
        hr.Accept(Company.Eve, new AssignTicket(Company.Eve.Id, Company.PeopleTeam));
    }

    [Fact]
    public void Who_already_has_the_ticket_may_keep_it_when_only_the_team_changes()
    {
        bench.Accept(Company.Alice, new AssignTicket(Company.Eve.Id, null));
        bench.Facts = bench.Facts with
        {
            People = bench.Facts.People.Remove(Company.Eve).Add(Company.Eve with { IsActive = false }),
        };

        bench.Accept(Company.Alice, new AssignTicket(Company.Eve.Id, Company.Network));
    }

    [Fact]
    public void A_priority_is_one_of_the_four()
    {
        Assert.Equal(
            new PriorityChanged(Priority.Medium, Priority.Critical),
            Assert.Single(bench.Accept(Company.Alice, new SetPriority(Priority.Critical)))
        );
        Assert.Equal(RefusalCodes.PriorityUnknown, bench.Refuse(Company.Alice, new SetPriority((Priority)9)).Code);
    }

    [Fact]
    public void Files_are_attached_publicly_by_who_takes_part_and_have_a_name_and_a_hash()
    {
        bench.Accept(Company.Bora, new AttachFiles([Bench.File(name: "사진 1.png")], Visibility.Public));
        Assert.Equal(1, bench.Ticket.Attachments);

        Assert.Equal(RefusalCodes.FilesRequired, Attaching());
        Assert.Equal(RefusalCodes.TextRequired, Attaching(Bench.File(name: " ")));
        Assert.Equal(RefusalCodes.FileInvalid, Attaching(Bench.File() with { Sha256 = "short" }));
        Assert.Equal(RefusalCodes.FileInvalid, Attaching(Bench.File() with { Size = -1 }));

        string Attaching(params ReadOnlySpan<AttachedFile> files) =>
            bench.Refuse(Company.Bora, new AttachFiles(ValueList.Create(files), Visibility.Public)).Code;
    }

    [Fact]
    public void A_colleague_with_whom_the_organization_shares_reads_only()
    {
        Assert.Equal(
            RefusalCodes.CustomersOfTicketOnly,
            bench.Refuse(Company.Minho, new AddPublicComment("Me too", [])).Code
        );
    }

    [Fact]
    public void Agents_invite_anyone_and_customers_invite_colleagues()
    {
        bench.Accept(Company.Alice, new AddParticipants([Company.Zoe.Id]));
        bench.Accept(Company.Bora, new AddParticipants([Company.Minho.Id, Company.Bora.Id, Company.Minho.Id]));
        Assert.Equal<ValueList<PersonId>>([Company.Zoe.Id, Company.Minho.Id], bench.Ticket.Participants);

        bench.Accept(Company.Alice, new RemoveParticipants([Company.Zoe.Id]));
        Assert.Equal(RefusalCodes.PersonUnknown, Inviting(Company.Zoe));
        Assert.Equal(RefusalCodes.PersonUnknown, Inviting(Company.Gone));
        Assert.Equal(RefusalCodes.ParticipantsRequired, bench.Refuse(Company.Bora, new AddParticipants([])).Code);

        string Inviting(Person person) => bench.Refuse(Company.Bora, new AddParticipants([person.Id])).Code;
    }

    [Fact]
    public void A_participant_leaves_and_only_agents_and_the_requester_dismiss_others()
    {
        bench.Accept(Company.Alice, new AddParticipants([Company.Zoe.Id, Company.Minho.Id]));

        Assert.Equal(
            RefusalCodes.ParticipantNotRemovable,
            bench.Refuse(Company.Zoe, new RemoveParticipants([Company.Minho.Id])).Code
        );
        bench.Accept(Company.Zoe, new RemoveParticipants([Company.Zoe.Id]));
        bench.Accept(Company.Bora, new RemoveParticipants([Company.Minho.Id, Company.Bora.Id]));
        Assert.Empty(bench.Ticket.Participants);
    }

    [Fact]
    public void Whoever_sees_the_ticket_watches_for_oneself_and_agents_put_others_on_watch()
    {
        bench.Accept(Company.Minho, new WatchTicket(Company.Minho.Id, true));
        bench.Accept(Company.Alice, new WatchTicket(Company.Bora.Id, true));
        bench.Accept(Company.Alice, new WatchTicket(Company.Eve.Id, true));
        bench.Accept(Company.Minho, new WatchTicket(Company.Minho.Id, false));
        Assert.Equal<ValueList<PersonId>>([Company.Bora.Id, Company.Eve.Id], bench.Ticket.Watchers);

        Assert.Equal(
            RefusalCodes.WatcherNotSelf,
            bench.Refuse(Company.Bora, new WatchTicket(Company.Minho.Id, true)).Code
        );
        Assert.Equal(
            RefusalCodes.WatcherNotInvolved,
            bench.Refuse(Company.Alice, new WatchTicket(Company.Zoe.Id, true)).Code
        );
    }

    [Fact]
    public void A_sender_who_saw_another_version_is_stale()
    {
        var envelope = Bench.By(Company.Alice, new SetPriority(Priority.Low)) with { ExpectedVersion = 7 };

        Assert.Equal(
            (RefusalKind.Stale, RefusalCodes.VersionStale),
            (bench.Refuse(envelope).Kind, bench.Refuse(envelope).Code)
        );
        bench.Accept(envelope with { ExpectedVersion = 1 });
    }

    [Fact]
    public void Reactions_that_set_each_other_off_end_after_ten()
    {
        var envelope = Bench.ByProduct(new SetPriority(Priority.Low)) with { Cause = 5, Depth = 11 };

        Assert.Equal(RefusalCodes.Loop, bench.Refuse(envelope).Code);
        bench.Accept(envelope with { Depth = 10 });
        Assert.Equal((5L, 10), (bench.Log[^1].Cause!.Value, bench.Log[^1].Depth));
    }
}
