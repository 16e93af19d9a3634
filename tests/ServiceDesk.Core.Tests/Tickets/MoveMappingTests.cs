using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>The desk OPS works faults, which have some fields of incidents, some of their own, and one that is needed.</summary>
public class MoveMappingTests
{
    private static readonly ConfigurationSnapshot Configuration = ConfigurationSnapshot.Of(
        1,
        [
            .. Company.Documents,
            Field("supplier", FieldKind.Text) with
            {
                CustomersSee = true,
            },
            Field("site", FieldKind.Text) with
            {
                RequiredIn = ["new"],
            },
            new TicketTypeDocument
            {
                Id = "fault",
                Name = LocalizedText.Of("Fault"),
                Workflow = "request",
                Fields = ["impact", "amount", "supplier", "site"],
            },
            new DeskDocument
            {
                Id = "OPS",
                Name = LocalizedText.Of("Operations"),
                Types = ["fault", "incident"],
            },
            new RequestTypeDocument
            {
                Id = "broken-machine",
                Name = LocalizedText.Of("A machine is broken"),
                Desk = "OPS",
                Type = "fault",
                Form = [new("summary", true), new("supplier", true)],
            },
        ]
    );

    private readonly Bench bench = Filled();

    [Fact]
    public void A_move_empties_nothing_that_ones_role_may_not_change()
    {
        var impact = Get<FieldDocument>("impact") with { EditableBy = ["manager"] };
        var strict = new Bench { Configuration = Configuration.With(impact) };
        var fields = ValueMap<FieldValue>.Empty.SetItem("impact", new ChoiceValue("high"));
        strict.Accept(new CommandEnvelope(Bench.Opening() with { Fields = fields }, Actor.System));
        var site = ValueMap<FieldValue?>.Empty.SetItem("site", new TextValue("Seoul"));

        var refused = strict.Refuse(By(Move(("impact", null)) with { Values = site }));

        Assert.Equal((RefusalCodes.FieldRole, "fields.impact"), CodeOf(refused));
        strict.Accept(By(Move() with { Values = site }));
        Assert.Equal(new ChoiceValue("high"), strict.Ticket.Fields.Find("impact"));
    }

    [Fact]
    public void What_both_have_stays_the_rest_is_kept_in_the_event_alone()
    {
        var moved = Moved(Move());

        Assert.Equal(["impact", "site"], bench.Ticket.Fields.Keys);
        Assert.Equal(new TextValue("Contoso"), moved.Dropped.Find("vendor"));
        Assert.Equal(new FlagValue(true), moved.Dropped.Find("agreed"));
        Assert.Empty(moved.Mapped);
    }

    [Fact]
    public void A_value_goes_to_another_field_of_its_kind()
    {
        var moved = Moved(Move(("vendor", "supplier"), ("agreed", null)));

        Assert.Equal(new TextValue("Contoso"), bench.Ticket.Fields.Find("supplier"));
        Assert.Null(bench.Ticket.Fields.Find("vendor"));
        Assert.Equal("supplier", moved.Mapped.Find("vendor"));
        Assert.Equal(["agreed"], moved.Dropped.Keys);
    }

    [Fact]
    public void A_field_takes_one_value_and_only_one_that_it_can_hold()
    {
        Assert.Equal(RefusalCodes.FieldKind, Refused(Move(("agreed", "supplier"))).Code);
        Assert.Equal(RefusalCodes.FieldUnknown, Refused(Move(("vendor", "vendor"))).Code);
        Assert.Equal(RefusalCodes.MoveFieldTaken, Refused(Move(("vendor", "site"))).Code);
        Assert.Equal(RefusalCodes.MoveFieldTaken, Refused(Move(("vendor", "supplier"), ("agreed", "supplier"))).Code);
    }

    [Fact]
    public void What_is_needed_there_is_given_with_the_move_or_it_is_refused()
    {
        var bare = new MoveTicket("OPS", "fault");
        Assert.Equal((RefusalCodes.FieldRequired, "fields.site"), CodeOf(Refused(bare)));
        var asked = Move() with { RequestType = "broken-machine", Type = null };
        Assert.Equal((RefusalCodes.FieldRequired, "fields.supplier"), CodeOf(Refused(asked)));

        Moved(asked with { Fields = ValueMap<string?>.Empty.SetItem("vendor", "supplier") });
        Assert.Equal(("broken-machine", "fault"), (bench.Ticket.RequestType, bench.Ticket.Type));
    }

    [Fact]
    public void The_product_moves_without_filling_forms() =>
        Assert.Contains(
            bench.Accept(Bench.ByProduct(new MoveTicket("OPS", "fault"))),
            happened => happened is TicketMoved
        );

    [Fact]
    public void A_request_type_is_one_of_the_other_desk_and_of_the_type()
    {
        Assert.Equal(RefusalCodes.RequestTypeUnknown, Refused(Move() with { RequestType = "outage" }).Code);
        Assert.Equal(
            RefusalCodes.TypeNotOfRequestType,
            Refused(Move() with { Type = "incident", RequestType = "broken-machine" }).Code
        );
    }

    [Fact]
    public void The_status_is_chosen_among_those_that_mean_the_same_and_the_first()
    {
        bench.Accept(Company.Alice, Bench.To("in-progress"));

        Assert.Equal((RefusalCodes.MoveStatus, "status"), CodeOf(Refused(Move() with { Status = "fulfilled" })));
        Assert.Equal("new", Moved(Move() with { Status = "new" }).Status);
    }

    [Fact]
    public void Who_may_not_change_a_field_does_not_fill_it_by_moving()
    {
        var kept = new MoveTicket("OPS", "incident") { Values = Bench.Change("budget", new NumberValue(5)) };

        Assert.Equal(RefusalCodes.FieldRole, Refused(kept).Code);
    }

    [Fact]
    public void What_a_preview_says_is_what_happens()
    {
        var command = Move(("vendor", "supplier"));
        var plan = MovePlan.Of(bench.Ticket, command, Get<TicketTypeDocument>("fault"), null, Configuration);
        var takers = MovePlan.TakersOf("vendor", new TextValue("x"), Get<TicketTypeDocument>("fault"), Configuration);
        var moved = Moved(command);

        Assert.Equal((plan.Status!.Id, plan.Mapped, plan.Dropped), (moved.Status, moved.Mapped, moved.Dropped));
        Assert.Equal(["supplier", "site"], takers.Select(field => field.Id));
    }

    [Fact]
    public void There_and_back_restores_what_both_have_and_the_events_have_the_rest() =>
        Prop.ForAll(
                Values().ToArbitrary(),
                values =>
                {
                    var ticket = New(values);
                    var before = ticket.Ticket;
                    var there = ticket
                        .Accept(By(new MoveTicket("OPS", "fault") { Values = Site }))
                        .OfType<TicketMoved>()
                        .Single();
                    ticket.Accept(By(new MoveTicket("ITSD", "incident")));

                    var both = Get<TicketTypeDocument>("fault").Fields;
                    var after = ticket.Ticket.Fields;
                    return (ticket.Ticket.Status, ticket.Ticket.Type) == (before.Status, before.Type)
                        && before.Fields.All(field =>
                            both.Contains(field.Key)
                                ? Equals(after.Find(field.Key), field.Value)
                                : Equals(there.Dropped.Find(field.Key), field.Value) && !after.ContainsKey(field.Key)
                        )
                        && after.Keys.All(before.Fields.ContainsKey);
                }
            )
            .QuickCheckThrowOnFailure();

    private static ValueMap<FieldValue?> Site => Bench.Change("site", new TextValue("Busan"));

    private static Gen<ValueMap<FieldValue>> Values() =>
        from impact in Gen.Elements<FieldValue?>(null, new ChoiceValue("low"), new ChoiceValue("high"))
        from vendor in Gen.Elements<FieldValue?>(null, new TextValue("Contoso"), new TextValue("부산"))
        from amount in Gen.Choose(-5, 5).Select(number => (FieldValue?)new NumberValue(number))
        from tags in Gen.Elements<FieldValue?>(null, new ChoicesValue(["a", "b"]))
        select ValueMap<FieldValue>.From(
            new[] { ("impact", impact), ("vendor", vendor), ("amount", amount), ("tags", tags) }
                .Where(field => field.Item2 is not null)
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2!))
        );

    private static MoveTicket Move(params (string From, string? To)[] mapping) =>
        new("OPS", "fault")
        {
            Values = Site,
            Fields = ValueMap<string?>.From(mapping.Select(pair => KeyValuePair.Create(pair.From, pair.To))),
        };

    private static Bench Filled() =>
        New(
            ValueMap<FieldValue>
                .Empty.SetItem("impact", new ChoiceValue("high"))
                .SetItem("vendor", new TextValue("Contoso"))
                .SetItem("agreed", new FlagValue(true))
        );

    private static Bench New(ValueMap<FieldValue> values)
    {
        var made = new Bench { Configuration = Configuration };
        made.Accept(By(Bench.Opening() with { Fields = values }));
        return made;
    }

    private static CommandEnvelope By(TicketCommand command) =>
        new(command, Actor.Of(Company.Alice.Id)) { Viewer = Company.ViewerOf(Company.Alice, Configuration) };

    private TicketMoved Moved(MoveTicket command) => bench.Accept(By(command)).OfType<TicketMoved>().Single();

    private Refusal Refused(MoveTicket command) => bench.Refuse(By(command));

    private static (string, string?) CodeOf(Refusal refusal) => (refusal.Code, refusal.Field);

    private static T Get<T>(string id)
        where T : ConfigurationDocument =>
        Configuration.TryGet<T>(id, out var document) ? document : throw new KeyNotFoundException(id);

    private static FieldDocument Field(string id, FieldKind kind) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Kind = kind,
        };
}
