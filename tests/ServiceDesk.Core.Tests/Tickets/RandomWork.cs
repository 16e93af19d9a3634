using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>Somebody does something some time later.</summary>
internal sealed record Act(Person? By, TicketCommand Command, int MinutesLater);

/// <summary>Random work on a ticket and random events, sensible and senseless.</summary>
internal static class RandomWork
{
    /// <summary>Stands in every internal note and nowhere else.</summary>
    public const string Canary = "internal-canary";

    /// <summary>The ticket into which others are merged.</summary>
    public static readonly TicketState Stays = Bench.WithIncident().Ticket with
    {
        Id = new TicketId(2),
        Key = new TicketKey("ITSD", 2),
    };

    private static readonly Person?[] People =
    [
        null,
        Company.Alice,
        Company.Alice,
        Company.Alice,
        Company.Eve,
        Company.Admin,
        Company.Bora,
        Company.Bora,
        Company.Minho,
        Company.Zoe,
    ];

    public static Gen<string> Text { get; } =
        Gen.Elements(
            "",
            " ",
            "x",
            "Drucker brennt",
            "프린터가 타요",
            "<script>alert(1)</script>",
            "NUL \0",
            "\ud83d",
            "a\nb",
            "🙂"
        );

    public static Gen<Act[]> Acts { get; } =
        (
            from who in Gen.Elements(People)
            from command in Commands()
            from minutes in Gen.Frequency((5, Gen.Choose(-30, 90)), (2, Gen.Choose(0, 20 * 24 * 60)))
            select new Act(who, command, minutes)
        )
            .ListOf(25)
            .Select(acts => acts.ToArray());

    public static Gen<BulkChanges> BulkEdits { get; } =
        from assignee in Maybe(PersonIds())
        from setsAssignee in Gen.Elements(true, false)
        from team in Gen.Elements<BulkTo<TeamId>?>(null, new BulkTo<TeamId>(null), new BulkTo<TeamId>(Company.Network))
        from priority in Maybe(Priorities())
        from fields in Changes()
        from setsFields in Gen.Elements(true, false)
        from add in Labels()
        from remove in Labels()
        from participants in Some()
        from watchers in Some()
        from comment in Gen.Elements<string?>(null, Canary)
        from status in Maybe(Statuses())
        select new BulkChanges
        {
            Assignee = setsAssignee ? new BulkTo<PersonId>(assignee) : null,
            Team = team,
            Priority = priority,
            Fields = setsFields ? fields : ValueMap<FieldValue?>.Empty,
            AddLabels = add,
            RemoveLabels = remove,
            Participants = participants,
            Watchers = watchers,
            Comment = comment,
            To = status,
            Resolution = status == "resolved" ? "solved" : null,
        };

    public static Gen<TicketEvent> Events { get; } =
        Gen.OneOf(
            Gen.Constant<TicketEvent>(Opened()),
            Text.Select(text => (TicketEvent)new TextEdited(text, null)),
            Changes().Select(changes => (TicketEvent)new FieldsChanged(changes)),
            Labels().Select(labels => (TicketEvent)new LabelsChanged(labels)),
            from person in Maybe(PersonIds())
            from team in Gen.Elements<TeamId?>(null, Company.Network)
            select (TicketEvent)new TicketAssigned(person, team),
            from priority in Priorities()
            select (TicketEvent)new PriorityChanged(priority, priority),
            from to in Gen.Elements<OrganizationId?>(null, Company.Acme, Company.Zenith)
            select (TicketEvent)new OrganizationChanged(Company.Acme, to, to is null ? null : "Busan"),
            Gen.Elements(Company.Acme, Company.Zenith, new OrganizationId(999))
                .Select(organization => (TicketEvent)new TicketShared(organization)),
            Gen.Elements(Company.Acme, Company.Zenith, new OrganizationId(999))
                .Select(organization => (TicketEvent)new TicketUnshared(organization)),
            from text in Text
            from byCustomer in Gen.Elements(true, false)
            from files in Files()
            select (TicketEvent)new PublicCommentAdded(1, text, byCustomer, files),
            Files().Select(files => (TicketEvent)new InternalNoteAdded(1, Canary, files)),
            from status in Statuses()
            from category in Gen.Elements(Enum.GetValues<StatusCategory>())
            from closes in Gen.Elements(true, false)
            select (TicketEvent)new StatusChanged("any", "any", status, category, closes, "solved"),
            Files().Select(files => (TicketEvent)new FilesAttached(files, Visibility.Internal)),
            Some().Select(people => (TicketEvent)new ParticipantsAdded(people)),
            Some().Select(people => (TicketEvent)new ParticipantsRemoved(people)),
            from person in PersonIds()
            from watches in Gen.Elements(true, false)
            select (TicketEvent)new WatchChanged(person, watches),
            from category in Gen.Elements(Enum.GetValues<StatusCategory>())
            from closes in Gen.Elements(true, false)
            select (TicketEvent)
                new TicketMoved(Bench.Key, new TicketKey("HR", 7), "request", "working", category, closes),
            Gen.Constant<TicketEvent>(new SlaBreached("standard", "time-to-resolution", 1, Bench.Start)),
            Gen.Constant<TicketEvent>(new SlaThresholdReached("none", "none", 9, "75%", Bench.Start)),
            ApprovalEvents(),
            Moments().Select(at => (TicketEvent)new TicketImported("other", at)),
            from created in Moments()
            from resolved in Maybe(Moments())
            select (TicketEvent)new DatesCorrected(created, resolved, null),
            MergeEvents(),
            OffspringEvents(),
            Gen.Constant<TicketEvent>(new RuleCalled("escalate")),
            Gen.Constant<TicketEvent>(new UnknownEvent("gone.happened/1", "{\"a\":1}")),
            Gen.Choose(1, 9).Select(times => (TicketEvent)new EngineTests.Knocked(times))
        );

    public static Gen<Instant> Moments() =>
        Gen.Choose(-100_000, 100_000).Select(minutes => Bench.Start + Duration.FromMinutes(minutes));

    private static Gen<TicketCommand> Commands() =>
        Gen.OneOf(
            Gen.Constant<TicketCommand>(Bench.Opening()),
            from summary in Maybe(Text)
            from changes in Changes()
            from labels in Maybe(Labels())
            select (TicketCommand)new EditTicket(summary, null, changes, labels),
            from person in Maybe(PersonIds())
            from team in Gen.Elements<TeamId?>(null, Company.Network, Company.PeopleTeam, new TeamId(999))
            select (TicketCommand)new AssignTicket(person, team),
            Priorities().Select(priority => (TicketCommand)new SetPriority(priority)),
            Gen.Elements<OrganizationId?>(null, Company.Acme, Company.Zenith)
                .Select(organization => (TicketCommand)new ChangeOrganization(organization)),
            Gen.Elements(Company.Acme, Company.Zenith, new OrganizationId(999))
                .Select(organization => (TicketCommand)new ShareTicket(organization)),
            Gen.Elements(Company.Acme, Company.Zenith, new OrganizationId(999))
                .Select(organization => (TicketCommand)new UnshareTicket(organization)),
            from text in Text
            from files in Files()
            select (TicketCommand)new AddPublicComment(text, files),
            from text in Text
            from files in Files()
            select (TicketCommand)new AddInternalNote(Canary + text, files),
            from status in Statuses()
            from resolution in Gen.Elements<string?>(null, "solved", "magic")
            from changes in Changes()
            select (TicketCommand)new TransitionTicket(status, resolution, changes),
            Statuses().Select(status => (TicketCommand)Bench.To(status, status == "resolved" ? "solved" : null)),
            Maybe(Text).Select(reason => (TicketCommand)new ReopenTicket(reason)),
            Files().Select(files => (TicketCommand)new AttachFiles(files, Visibility.Public)),
            Files().Select(files => (TicketCommand)new AttachFiles(files, Visibility.Internal)),
            Some().Select(people => (TicketCommand)new AddParticipants(people)),
            Some().Select(people => (TicketCommand)new RemoveParticipants(people)),
            from person in PersonIds()
            from watch in Gen.Elements(true, false)
            select (TicketCommand)new WatchTicket(person, watch),
            Gen.Elements<TicketCommand>(
                new MoveTicket("HR", "request"),
                new MoveTicket("ITSD", "incident"),
                new MoveTicket("HR", null)
                {
                    RequestType = "leave",
                    Status = "new",
                    Fields = ValueMap<string?>.Empty.SetItem("vendor", null),
                },
                new MoveTicket("NOPE", null)
            ),
            ApprovalCommands(),
            MergeCommands(),
            Gen.Choose(20, 22)
                .Select(id =>
                    (TicketCommand)
                        new NoteOffspring(OriginKind.Split, new TicketId(id), new TicketKey("ITSD", id), id % 2)
                ),
            TaskCommands(),
            Gen.Constant<TicketCommand>(new FireTimer("auto-close", Bench.Start)),
            Gen.Choose(1, 3).Select(times => (TicketCommand)new EngineTests.Knock(times))
        );

    private static Gen<TicketCommand> TaskCommands() =>
        Gen.OneOf(
            Gen.Elements(true, false).Select(blocks => (TicketCommand)new AddTask(LocalizedText.Of(Canary), blocks)),
            from id in Gen.Choose(1, 4)
            from isDone in Gen.Elements(true, true, false)
            select (TicketCommand)new TickTask(id, isDone),
            from id in Gen.Choose(1, 4)
            from day in Gen.Choose(1, 28)
            select (TicketCommand)
                new ChangeTask(id, LocalizedText.Of($"{Canary} {day}"), false, null, new LocalDate(2026, 12, day)),
            from id in Gen.Choose(1, 4)
            from place in Gen.Choose(0, 4)
            select (TicketCommand)new PlaceTask(id, place),
            Gen.Choose(1, 4).Select(id => (TicketCommand)new RemoveTask(id))
        );

    private static Gen<TicketCommand> MergeCommands() =>
        Gen.OneOf(
            Gen.Constant<TicketCommand>(new MergeTicket(Stays.Key)),
            Gen.Constant<TicketCommand>(new UndoMerge()),
            Gen.Constant<TicketCommand>(new UndoMerge()),
            from people in Some()
            from isMerged in Gen.Elements(true, false)
            select (TicketCommand)
                new HoldMerged(
                    new TicketId(9),
                    new TicketKey("ITSD", 9),
                    isMerged,
                    people.Distinct().ToValueList(),
                    people
                )
        );

    private static Gen<TicketEvent> OffspringEvents() =>
        from id in Gen.Choose(20, 22)
        from isSplit in Gen.Elements(true, false)
        select isSplit
            ? (TicketEvent)new TicketSplitOff(new TicketId(id), new TicketKey("ITSD", id), 2)
            : new TicketDuplicated(new TicketId(id), new TicketKey("ITSD", id));

    private static Gen<TicketEvent> MergeEvents() =>
        Gen.OneOf(
            Gen.Constant<TicketEvent>(new TicketMerged(Stays.Id, Stays.Key)),
            Gen.Constant<TicketEvent>(new MergeUndone(Stays.Id, Stays.Key)),
            from id in Gen.Choose(8, 9)
            from people in Some()
            select (TicketEvent)new TicketTakenIn(new TicketId(id), new TicketKey("ITSD", id), people, people),
            Gen.Choose(8, 9).Select(id => (TicketEvent)new TicketLetGo(new TicketId(id), new TicketKey("ITSD", id)))
        );

    private static Gen<TicketCommand> ApprovalCommands() =>
        Gen.OneOf(
            from people in Some()
            from needed in Gen.Elements<int?>(null, 1, 2)
            from flags in Gen.Elements(true, false).ArrayOf(4)
            from hours in Gen.Elements<int?>(null, 1, 100)
            select (TicketCommand)
                new RequestApproval
                {
                    Title = Canary,
                    Steps = [new ApproversAsked(people, [Company.Network], [], needed)],
                    ExpiresAfter = hours is { } some ? Duration.FromHours(some) : null,
                    RemindEvery = flags[0] ? Duration.FromHours(7) : null,
                    Parallel = flags[0],
                    CommentOnDecline = flags[2],
                    ForStatus = flags[3],
                },
            from id in Gen.Choose(1, 12)
            from approves in Gen.Elements(true, false)
            select (TicketCommand)new AnswerApproval(id, approves, Canary),
            Gen.Choose(1, 12).Select(id => (TicketCommand)new WithdrawApproval(id, Canary))
        );

    private static Gen<TicketEvent> ApprovalEvents() =>
        Gen.OneOf(
            from id in Gen.Choose(1, 3)
            from people in Some()
            select (TicketEvent)
                new ApprovalRequested(
                    id,
                    LocalizedText.Of("May we?"),
                    null,
                    [new ApprovalStep(people.Distinct().ToValueList(), 1, null)],
                    false,
                    null,
                    false,
                    false,
                    null,
                    null,
                    null
                ),
            from id in Gen.Choose(1, 3)
            from person in PersonIds()
            from step in Gen.Choose(-1, 2)
            select (TicketEvent)new ApprovalAnswered(id, person, [step], true, null, false),
            from id in Gen.Choose(1, 3)
            from state in Gen.Elements(Enum.GetValues<ApprovalState>())
            select (TicketEvent)new ApprovalEnded(id, state, null, false)
        );

    private static TicketOpened Opened() =>
        new(
            new TicketId(1),
            Bench.Key,
            "incident",
            null,
            "Again",
            "",
            "new",
            StatusCategory.New,
            Priority.Low,
            Company.Bora.Id,
            Company.Acme,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            [],
            Channel.Api,
            null
        );

    private static Gen<string> Statuses() =>
        Gen.Elements(
            "new",
            "in-progress",
            "waiting-for-customer",
            "waiting-for-supplier",
            "resolved",
            "closed",
            "working",
            "fulfilled",
            "cancel",
            "nowhere"
        );

    private static Gen<Priority> Priorities() => Gen.Elements(Enum.GetValues<Priority>());

    private static Gen<PersonId> PersonIds() => Gen.Choose(1, 14).Select(id => new PersonId(id));

    private static Gen<ValueList<PersonId>> Some() => PersonIds().ListOf(2).Select(people => people.ToValueList());

    private static Gen<ValueList<string>> Labels() =>
        Gen.Elements("a", "B", "two words", "새것").ListOf(2).Select(labels => labels.ToValueList());

    private static Gen<ValueList<AttachedFile>> Files() =>
        Gen.Choose(0, 2)
            .Select(count => Enumerable.Range(1, count).Select(id => Bench.File(id, $"file {id}.txt")).ToValueList());

    private static Gen<ValueMap<FieldValue?>> Changes() =>
        from field in Gen.Elements("impact", "vendor", "amount", "tags", "nonsense", "budget")
        from value in Gen.Elements<FieldValue?>(
            null,
            new ChoiceValue("high"),
            new TextValue("Contoso"),
            new NumberValue(1.25m),
            new ChoicesValue(["a"])
        )
        select ValueMap<FieldValue?>.Empty.SetItem(field, value);

    private static Gen<T?> Maybe<T>(Gen<T> of)
        where T : struct => Gen.Frequency((1, Gen.Constant<T?>(null)), (2, of.Select(value => (T?)value)));

    private static Gen<string?> Maybe(Gen<string> of) =>
        Gen.Frequency((1, Gen.Constant<string?>(null)), (2, of.Select(value => (string?)value)));

    private static Gen<ValueList<string>?> Maybe(Gen<ValueList<string>> of) =>
        Gen.Frequency((1, Gen.Constant<ValueList<string>?>(null)), (2, of.Select(value => (ValueList<string>?)value)));
}
