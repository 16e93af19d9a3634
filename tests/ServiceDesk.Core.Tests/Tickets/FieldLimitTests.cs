using System.Diagnostics;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>What fields keep to besides their kind: the same for whoever changes a ticket, and in every status.</summary>
public class FieldLimitTests
{
    private static readonly FieldLimits Code = new()
    {
        Pattern = "[A-Z]{2}-[0-9]+",
        Sentence = LocalizedText.Of("Two letters, a dash, a number.", "영문 두 자, 줄표, 숫자입니다."),
    };

    [Theory]
    [InlineData("9.99", RefusalCodes.FieldTooSmall, "10")]
    [InlineData("10", null, null)]
    [InlineData("99.5", null, null)]
    [InlineData("99.51", RefusalCodes.FieldTooGreat, "99.5")]
    public void A_number_stands_in_its_range(string number, string? code, string? limit)
    {
        var bench = With(
            "amount",
            field =>
                field with
                {
                    Limits = new FieldLimits { Min = 10, Max = 99.5m },
                }
        );
        var edit = Edit(
            "amount",
            new NumberValue(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture))
        );

        var refusals = bench.Send(Bench.By(Company.Alice, edit)).Refusals;

        string[] expected = code is null ? [] : [$"{code} {limit}"];
        Assert.Equal(expected, refusals.Select(one => $"{one.Code} {one.Arguments[0]}"));
    }

    [Theory]
    [InlineData("ab", RefusalCodes.TextTooShort)]
    [InlineData("  ab ", RefusalCodes.TextTooShort)]
    [InlineData("abc", null)]
    [InlineData("abcde", null)]
    [InlineData("abcdef", RefusalCodes.TextTooLong)]
    public void A_text_is_as_long_as_it_may_be(string text, string? code)
    {
        var bench = With(
            "vendor",
            field =>
                field with
                {
                    Limits = new FieldLimits { MinLength = 3, MaxLength = 5 },
                }
        );

        var refusals = bench.Send(Bench.By(Company.Alice, Edit("vendor", new TextValue(text)))).Refusals;

        Assert.Equal(code is null ? [] : [code], refusals.Select(one => one.Code));
    }

    [Fact]
    public void A_text_that_does_not_match_is_told_in_the_administrators_words_of_both_languages()
    {
        var bench = With("vendor", field => field with { Limits = Code });

        var refusal = bench.Refuse(Company.Alice, Edit("vendor", new TextValue("KR-12 and more")));

        Assert.Equal((RefusalCodes.FieldSays, "fields.vendor"), (refusal.Code, refusal.Field));
        Assert.Equal<ValueList<string>>([Code.Sentence!.In("en"), Code.Sentence.In("ko")], refusal.Arguments);
        bench.Accept(Company.Alice, Edit("vendor", new TextValue("KR-12")));
    }

    [Fact]
    public void A_hostile_text_costs_a_pattern_no_time()
    {
        var bench = With(
            "cause",
            field =>
                field with
                {
                    LockedIn = [],
                    Limits = new FieldLimits { Pattern = "(a+)+b" },
                }
        );
        var clock = Stopwatch.StartNew();

        var refusal = bench.Refuse(Company.Alice, Edit("cause", new TextValue(new string('a', 50_000))));

        Assert.Equal(RefusalCodes.FieldPattern, refusal.Code);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void What_stood_before_a_limit_did_may_stay_and_an_import_brings_what_was()
    {
        var bench = Bench.WithIncident();
        bench.Accept(Company.Alice, Edit("vendor", new TextValue("old")));
        bench.Configuration = Changed("vendor", field => field with { Limits = Code });

        bench.Accept(Company.Alice, Edit("vendor", new TextValue("old")) with { Summary = "Other words" });
        bench.Accept(Bench.ByImporter(Edit("vendor", new TextValue("older"))));

        Assert.Equal(new TextValue("older"), bench.Ticket.Fields.Find("vendor"));
    }

    [Fact]
    public void A_status_is_not_entered_without_what_it_needs_and_keeps_it()
    {
        var bench = With("vendor", field => field with { RequiredIn = ["in-progress"] });

        var refusal = bench.Refuse(Company.Alice, Bench.To("in-progress"));

        Assert.Equal((RefusalCodes.FieldRequired, "fields.vendor"), (refusal.Code, refusal.Field));
        bench.Accept(
            Company.Alice,
            Bench.To("in-progress") with
            {
                Fields = Bench.Change("vendor", new TextValue("Contoso")),
            }
        );
        Assert.Equal(RefusalCodes.FieldRequired, bench.Refuse(Company.Alice, Edit("vendor", null)).Code);
    }

    [Fact]
    public void A_new_ticket_holds_the_defaults_of_what_nobody_gave()
    {
        var bench = new Bench
        {
            Configuration = Changed("vendor", field => field with { Default = "Contoso" })
                .With(FieldOf("amount") with { Default = "5" }),
        };
        bench.Accept(Company.Alice, Bench.Opening() with { Fields = Bench.Field("amount", new NumberValue(1)) });

        Assert.Equal(new TextValue("Contoso"), bench.Ticket.Fields.Find("vendor"));
        Assert.Equal(new NumberValue(1), bench.Ticket.Fields.Find("amount"));
    }

    [Fact]
    public void An_import_gets_no_defaults()
    {
        var bench = new Bench { Configuration = Changed("vendor", field => field with { Default = "Contoso" }) };
        bench.Accept(Bench.ByImporter(Bench.Opening()));

        Assert.Null(bench.Ticket.Fields.Find("vendor"));
    }

    [Theory]
    [InlineData("0m", true)]
    [InlineData("36525d", true)]
    [InlineData("-1m", false)]
    [InlineData("PT0.5S", false)]
    public void A_duration_is_a_whole_number_of_seconds_and_not_negative(string text, bool isTaken)
    {
        var bench = With("vendor", field => field with { Kind = FieldKind.Duration });
        Assert.True(Core.Sla.DurationText.TryParse(text, out var length));

        var refusals = bench.Send(Bench.By(Company.Alice, Edit("vendor", new DurationValue(length)))).Refusals;

        Assert.Equal(isTaken ? [] : [RefusalCodes.FieldDuration], refusals.Select(one => one.Code));
        Assert.Equal(isTaken, FieldTrial.Of(FieldOf("vendor") with { Kind = FieldKind.Duration }, text) is null);
    }

    [Fact]
    public void Tags_are_short_words_and_at_most_a_hundred()
    {
        var bench = With("vendor", field => field with { Kind = FieldKind.Tags });
        ValueList<string> many = Enumerable.Range(0, 101).Select(number => $"t{number}").ToValueList();

        Assert.Equal(RefusalCodes.LabelsTooMany, Refused(many));
        Assert.Equal(RefusalCodes.TextTooLong, Refused([new string('x', 61)]));
        Assert.Equal(RefusalCodes.FieldKind, bench.Refuse(Company.Alice, Edit("vendor", new TextValue("a"))).Code);
        bench.Accept(Company.Alice, Edit("vendor", new ChoicesValue(["vpn", "긴급"])));

        string Refused(ValueList<string> tags) =>
            bench.Refuse(Company.Alice, Edit("vendor", new ChoicesValue(tags))).Code;
    }

    private static EditTicket Edit(string field, FieldValue? value) =>
        new(null, null, Bench.Change(field, value), null);

    private static Bench With(string id, Func<FieldDocument, FieldDocument> change)
    {
        var bench = Bench.WithIncident();
        bench.Configuration = Changed(id, change);
        return bench;
    }

    private static Core.Configuration.ConfigurationSnapshot Changed(
        string id,
        Func<FieldDocument, FieldDocument> change
    ) => Company.Configuration.With(change(FieldOf(id)));

    private static FieldDocument FieldOf(string id) =>
        Company.Configuration.All<FieldDocument>().Single(field => field.Id == id);
}
