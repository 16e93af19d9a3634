using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query;

/// <summary>What conditions, actions and clocks tell of fields that are hidden from their reader in some status.</summary>
public sealed class HiddenSubjectsTests
{
    private static readonly QueryLanguage Language = new(TicketExtensions.None, new WorldNames());

    private static readonly ConfigurationSnapshot Configuration = Company
        .Configuration.With(Field("vendor", new FieldAccessRule { Roles = ["agent"], Access = FieldAccess.Hidden }))
        .With(
            Field(
                "company",
                new FieldAccessRule
                {
                    Roles = ["agent"],
                    Statuses = ["new"],
                    Access = FieldAccess.Hidden,
                }
            )
        )
        .With(Field("seen"));

    [Theory]
    [InlineData("vendor = x", true)]
    [InlineData("seen = y AND NOT (priority = high OR field(\"vendor\") IS EMPTY)", true)]
    [InlineData("field(\"company\") = x", true)]
    [InlineData("\"Words of company\" = x", true)]
    [InlineData("gone-since = x", true)]
    [InlineData("field(\"gone-since\") = x", true)]
    [InlineData("vendor = = x", true)]
    [InlineData("seen = vendor AND priority = high AND sla(\"time-to-resolution\") = running", false)]
    [InlineData("", false)]
    public void A_condition_on_a_field_that_is_hidden_somewhere_or_gone_is_found(string condition, bool isHidden)
    {
        Assert.Equal(isHidden, Of(Company.Alice).In(condition));
        Assert.False(Of(Company.Admin).In(condition));
        Assert.Equal(isHidden, Of(Company.Alice).In(new SlaCondition { Status = "new", Query = condition }));
    }

    [Fact]
    public void The_truth_of_a_field_is_found_also_where_the_product_has_a_subject_of_its_name()
    {
        var bench = Bench.WithIncident();
        bench.Configuration = Configuration;
        var snapshot = new TicketSnapshot(bench.Ticket, []);
        Assert.Null(Language.Catalog(Configuration).Find("company")!.Document);

        foreach (var (condition, isHidden) in new[] { ("field(\"company\") IS EMPTY", true), ("seen IS EMPTY", false) })
        {
            var truth = Language.Explain($"priority = high OR {condition}", snapshot, Bench.Start, Configuration)!;
            Assert.Equal(isHidden, Of(Company.Alice).In(truth));
            Assert.False(Of(Company.Admin).In(truth));
        }
    }

    [Fact]
    public void The_account_of_a_clock_leaves_out_conditions_on_hidden_fields()
    {
        var seen = new SlaCondition { Status = "new" };
        var hidden = new SlaCondition { Status = "new", Query = "vendor = x" };
        var changed = new SlaCondition { On = "field-changed", Of = "vendor" };
        var ledger = new ClockLedger(
            null!,
            [.. new[] { seen, hidden, changed }.Select(one => Segment(SlaConditions.Notation(one)))],
            Duration.Zero,
            Duration.Zero,
            [changed, seen],
            [hidden, seen],
            null
        )
        {
            Resets = [changed],
            Cancels = [hidden],
        };

        var shown = Of(Company.Alice).Shown(ledger);

        Assert.Equal(["status = new", null, null], shown.Segments.Select(segment => segment.Condition));
        Assert.Equal(([seen], [seen]), (shown.Stops, shown.Pauses));
        Assert.Equal((0, 0), (shown.Resets.Count, shown.Cancels.Count));
        Assert.Equal(ledger, Of(Company.Admin).Shown(ledger));
    }

    [Fact]
    public void An_action_is_told_without_the_hidden_fields_and_a_reason_that_names_one_not_at_all()
    {
        var action = new RuleAction
        {
            Do = "edit",
            Fields = ValueMap<string>.Empty.SetItem("vendor", "x").SetItem("seen", "y"),
            For = new RuleTarget("links.linked") { Condition = "vendor = x" },
        };

        var shown = Of(Company.Alice).Shown(action);

        Assert.Equal(["seen"], shown.Fields.Keys);
        Assert.DoesNotContain("vendor", shown.For!.Condition, StringComparison.Ordinal);
        Assert.Equal(action, Of(Company.Admin).Shown(action));
        Assert.True(Of(Company.Alice).In(Refusal.Invalid(RefusalCodes.FieldChoice, "fields.vendor", "x")));
        Assert.True(Of(Company.Alice).In(Refusal.Conflict(RefusalCodes.FieldRequired, "vendor")));
        Assert.False(Of(Company.Alice).In(Refusal.Invalid(RefusalCodes.FieldChoice, "fields.seen", "x")));
    }

    private static HiddenSubjects Of(Person person) => Language.HiddenFrom(Company.ViewerOf(person), Configuration);

    private static LedgerSegment Segment(string condition) =>
        new(
            LedgerSegmentKind.Running,
            Bench.Start,
            Bench.Start,
            Duration.Zero,
            1,
            condition,
            new DocumentVersion("24x7", 1)
        );

    private static FieldDocument Field(string id, params FieldAccessRule[] access) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of($"Words of {id}"),
            Kind = FieldKind.Text,
            Access = [.. access],
        };
}
