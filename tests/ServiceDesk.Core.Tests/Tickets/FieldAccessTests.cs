using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>Who sees a field and who changes it, by role and status: in the decision, in what is shown, and in forms.</summary>
public class FieldAccessTests
{
    private static readonly FieldAccessRule HiddenFromAgents = Line(FieldAccess.Hidden, ["agent"]);

    [Fact]
    public void The_first_line_that_fits_holds()
    {
        var field = FieldOf("vendor") with
        {
            Access =
            [
                Line(FieldAccess.Edit, ["administrator"]),
                Line(FieldAccess.Required, ["agent"], ["in-progress"]),
                Line(FieldAccess.See, [], ["in-progress", "resolved"]),
                Line(FieldAccess.Hidden, ["customer"]),
            ],
        };

        Assert.Equal(FieldAccess.Edit, Of(Company.Admin, "in-progress"));
        Assert.Equal(FieldAccess.Required, Of(Company.Alice, "in-progress"));
        Assert.Equal(FieldAccess.See, Of(Company.Alice, "resolved"));
        Assert.Null(Of(Company.Alice, "new"));
        Assert.Equal(FieldAccess.See, Of(Company.Bora, "resolved"));
        Assert.Equal(FieldAccess.Hidden, Of(Company.Bora, "new"));
        Assert.Null(FieldSight.Of(null, field, "new"));

        FieldAccess? Of(Person person, string status) => FieldSight.Of(Company.ViewerOf(person), field, status);
    }

    [Fact]
    public void The_statuses_in_which_a_field_is_hidden_are_those_where_its_lines_hide_it()
    {
        string[] roles = ["agent", "customer", "boss"];
        string[] statuses = ["new", "open", "done"];
        var line =
            from access in Gen.Elements(Enum.GetValues<FieldAccess>())
            from ofRoles in Gen.SubListOf(roles)
            from ofStatuses in Gen.SubListOf(statuses)
            select Line(access, ofRoles.ToValueList(), ofStatuses.ToValueList());
        var asked =
            from lines in line.ListOf()
            from role in Gen.Elements(roles)
            from status in Gen.Elements((string[])[.. statuses, "elsewhere"])
            select (Lines: lines.ToValueList(), role, status);

        Prop.ForAll(
                asked.ToArbitrary(),
                one =>
                {
                    var field = FieldOf("vendor") with { Access = one.Lines };
                    var viewer = Company.ViewerOf(Company.Alice with { Role = one.role });
                    var hidden = FieldSight.HiddenIn(field, one.role);

                    Assert.Equal(
                        FieldSight.Of(viewer, field, one.status) == FieldAccess.Hidden,
                        hidden.Has(one.status)
                    );
                    Assert.Equal(hidden.IsNone, !((string[])[.. statuses, "elsewhere"]).Any(hidden.Has));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_hidden_field_looks_as_if_there_were_none_whatever_is_written_into_it()
    {
        var bench = With("impact", HiddenFromAgents);
        bench.Accept(Company.Admin, Edit("impact", new ChoiceValue("high")));

        foreach (
            var value in new FieldValue?[]
            {
                new ChoiceValue("high"),
                new ChoiceValue("low"),
                new ChoiceValue("?"),
                null,
            }
        )
        {
            Only(bench.Send(Bench.By(Company.Alice, Edit("impact", value))));
            Only(
                bench.Send(
                    Bench.By(Company.Alice, Bench.To("in-progress") with { Fields = Bench.Change("impact", value) })
                )
            );
        }

        Only(
            new Bench { Configuration = bench.Configuration }.Send(
                Bench.By(Company.Alice, Bench.Opening() with { Fields = Bench.Field("impact", new ChoiceValue("low")) })
            )
        );
        Assert.Equal(new ChoiceValue("high"), bench.Ticket.Fields.Find("impact"));

        static void Only(TicketStep step)
        {
            var refusal = Assert.Single(step.Refusals);
            Assert.Equal((RefusalCodes.FieldUnknown, "fields.impact"), (refusal.Code, refusal.Field));
        }
    }

    [Fact]
    public void What_one_may_only_see_one_does_not_change_there()
    {
        var bench = With("vendor", Line(FieldAccess.See, ["agent"], ["new"]));

        var refusal = bench.Refuse(Company.Alice, Edit("vendor", new TextValue("Contoso")));

        Assert.Equal((RefusalCodes.FieldReadOnly, RefusalKind.Forbidden), (refusal.Code, refusal.Kind));
        Assert.Equal<ValueList<string>>(["vendor", "new"], refusal.Arguments);
        bench.Accept(Company.Admin, Edit("vendor", new TextValue("Contoso")));
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        bench.Accept(Company.Alice, Edit("vendor", new TextValue("Fabrikam")));
    }

    [Fact]
    public void A_line_stands_in_place_of_the_locked_statuses_and_of_the_roles()
    {
        var bench = With("cause", Line(FieldAccess.Edit, ["agent"], ["new"]));
        bench.Configuration = Changed(bench.Configuration, "budget", Line(FieldAccess.Edit, ["agent"]));

        bench.Accept(Company.Alice, Edit("cause", new TextValue("A cable")));
        bench.Accept(Company.Alice, Edit("budget", new NumberValue(3)));
        Assert.Equal(RefusalCodes.FieldLocked, bench.Refuse(Company.Admin, Edit("cause", null)).Code);
    }

    [Fact]
    public void A_status_is_left_by_no_transition_while_what_its_role_must_fill_is_empty()
    {
        var bench = With("vendor", Line(FieldAccess.Required, ["agent"], ["new"]));

        var refusal = bench.Refuse(Company.Alice, Bench.To("in-progress"));
        Assert.Equal((RefusalCodes.FieldRequired, "fields.vendor"), (refusal.Code, refusal.Field));

        bench.Accept(Company.Alice, Edit("vendor", new TextValue("Contoso")));
        Assert.Equal(RefusalCodes.FieldRequired, bench.Refuse(Company.Alice, Edit("vendor", null)).Code);
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        bench.Accept(Company.Alice, Edit("vendor", null));

        // Who is of another role goes on without it, and so does the product.
        With("vendor", Line(FieldAccess.Required, ["agent"], ["new"])).Accept(Company.Admin, Bench.To("in-progress"));
        With("vendor", Line(FieldAccess.Required)).Accept(Bench.ByProduct(Bench.To("in-progress")));
    }

    [Fact]
    public void Of_a_hidden_field_that_a_status_needs_no_more_is_told_than_that_something_is_missing()
    {
        var bench = Bench.WithIncident();
        bench.Configuration = Company.Configuration.With(
            FieldOf("vendor") with
            {
                Access = [HiddenFromAgents],
                RequiredIn = ["in-progress"],
            }
        );

        var refusal = bench.Refuse(Company.Alice, Bench.To("in-progress"));

        Assert.Equal(
            (RefusalCodes.FieldNeedUnseen, (string?)null, 0),
            (refusal.Code, refusal.Field, refusal.Arguments.Count)
        );
        bench.Accept(Company.Admin, Edit("vendor", new TextValue("Contoso")));
        bench.Accept(Company.Alice, Bench.To("in-progress"));
    }

    [Fact]
    public void Why_an_approval_could_not_be_asked_tells_nothing_of_hidden_fields()
    {
        var bench = With("vendor", HiddenFromAgents);
        var plain = Refusal.Invalid(RefusalCodes.ApproverNoManager, "policy", "Bora");
        var note = new ApprovalNotAsked(
            "new",
            "board",
            [plain, Refusal.Invalid("field-empty", "fields.vendor"), Refusal.Invalid("field-empty", "policy", "vendor")]
        );
        var ticket = bench.Ticket with
        {
            ApprovalTrouble = new ApprovalTrouble("board", null, null, note.Why, bench.Now),
        };

        Assert.Equal([plain], ToldTo(Company.Alice));
        Assert.Equal(note.Why, ToldTo(Company.Admin));

        ValueList<Refusal> ToldTo(Person person)
        {
            var viewer = Company.ViewerOf(person);
            var trouble = FieldSight.Shown(viewer, ticket, bench.Configuration).ApprovalTrouble!.Why;
            var shown = FieldSight.Shown(viewer, ticket, note, bench.Configuration);
            Assert.Equal(trouble, Assert.IsType<ApprovalNotAsked>(shown).Why);
            return trouble;
        }
    }

    [Fact]
    public void A_form_asks_for_what_its_reader_may_fill_and_must()
    {
        var configuration = Changed(Company.Configuration, "impact", Line(FieldAccess.Hidden, ["customer"]));
        var bench = new Bench { Configuration = configuration };

        var form = FieldSight.Form(Company.ViewerOf(Company.Bora), RequestType("outage"), configuration);
        Assert.DoesNotContain(form.Form, place => place.Field == "impact");
        var asking = Bench.Asking("outage", requester: Company.Bora);
        bench.Accept(Company.Bora, asking with { Fields = ValueMap<FieldValue>.Empty });
        Assert.Null(bench.Ticket.Fields.Find("impact"));

        // A line that lets customers see opens nothing that is the agents' own.
        var open = Changed(Company.Configuration, "vendor", Line(FieldAccess.See));
        Assert.Empty(
            CustomerViews
                .For(
                    Company.ViewerOf(Company.Bora),
                    bench.Ticket with
                    {
                        Fields = Bench.Field("vendor", new TextValue("Contoso")),
                    },
                    open,
                    Bench.Start
                )
                .Fields
        );
    }

    [Fact]
    public void Without_a_form_who_opens_a_ticket_fills_what_the_role_must()
    {
        var bench = new Bench
        {
            Configuration = Changed(Company.Configuration, "vendor", Line(FieldAccess.Required, ["agent"])),
        };

        Assert.Equal(RefusalCodes.FieldRequired, bench.Refuse(Company.Alice, Bench.Opening()).Code);
        bench.Accept(Company.Alice, Bench.Opening() with { Fields = Bench.Field("vendor", new TextValue("Contoso")) });
    }

    [Fact]
    public void What_is_shown_and_what_happened_leave_out_what_is_hidden_now()
    {
        var bench = With("vendor", Line(FieldAccess.Hidden, ["agent"], ["new"]));
        bench.Accept(Company.Admin, Edit("vendor", new TextValue("Contoso")));
        bench.Accept(
            Company.Admin,
            new EditTicket(
                null,
                null,
                Bench.Change("vendor", new TextValue("Fabrikam")).SetItem("amount", new NumberValue(1)),
                null
            )
        );
        var alice = Company.ViewerOf(Company.Alice);

        Assert.DoesNotContain("vendor", FieldSight.Shown(alice, bench.Ticket, bench.Configuration).Fields.Keys);
        var seen = FieldSight.Shown(alice, bench.Ticket, bench.Log, bench.Configuration);
        var changed = Assert.Single(seen.Select(recorded => recorded.Event).OfType<FieldsChanged>());
        Assert.Equal(["amount"], changed.Fields.Keys);
        Assert.Equal(
            bench.Log,
            FieldSight.Shown(Company.ViewerOf(Company.Admin), bench.Ticket, bench.Log, bench.Configuration)
        );

        bench.Accept(Company.Alice, Bench.To("in-progress"));
        Assert.Contains("vendor", FieldSight.Shown(alice, bench.Ticket, bench.Configuration).Fields.Keys);
        Assert.Equal(bench.Log, FieldSight.Shown(alice, bench.Ticket, bench.Log, bench.Configuration));
    }

    [Fact]
    public void What_a_field_that_is_gone_has_is_shown_to_administrators_alone()
    {
        var bench = Bench.WithIncident();
        var ticket = bench.Ticket with { Fields = Bench.Field("gone", new TextValue("Contoso")) };

        Assert.Empty(FieldSight.Shown(Company.ViewerOf(Company.Alice), ticket, bench.Configuration).Fields);
        Assert.Null(
            FieldSight.Shown(
                Company.ViewerOf(Company.Bora),
                ticket,
                new FieldsChanged(Bench.Change("gone", null)),
                bench.Configuration
            )
        );
        Assert.Same(ticket, FieldSight.Shown(Company.ViewerOf(Company.Admin), ticket, bench.Configuration));
    }

    [Fact]
    public void A_copy_takes_along_what_the_one_who_copies_sees()
    {
        var bench = With("vendor", HiddenFromAgents);
        bench.Accept(Company.Admin, Edit("vendor", new TextValue("Contoso")));
        var seen = FieldSight.Shown(Company.ViewerOf(Company.Alice), bench.Ticket, bench.Configuration);

        var copy = Duplicating.Of(seen, new CopyWish(Channel.Api, [], [], []), bench.Configuration);

        Assert.Empty(copy.Fields);
    }

    private static EditTicket Edit(string field, FieldValue? value) =>
        new(null, null, Bench.Change(field, value), null);

    private static FieldAccessRule Line(
        FieldAccess access,
        ValueList<string>? roles = null,
        ValueList<string>? statuses = null
    ) =>
        new()
        {
            Roles = roles ?? [],
            Statuses = statuses ?? [],
            Access = access,
        };

    private static Bench With(string id, params FieldAccessRule[] lines)
    {
        var bench = Bench.WithIncident();
        bench.Configuration = Changed(Company.Configuration, id, lines);
        return bench;
    }

    private static ConfigurationSnapshot Changed(
        IConfiguration configuration,
        string id,
        params FieldAccessRule[] lines
    ) => ((ConfigurationSnapshot)configuration).With(FieldOf(id) with { Access = [.. lines] });

    private static FieldDocument FieldOf(string id) =>
        Company.Configuration.All<FieldDocument>().Single(field => field.Id == id);

    private static RequestTypeDocument RequestType(string id) =>
        Company.Configuration.All<RequestTypeDocument>().Single(type => type.Id == id);
}
