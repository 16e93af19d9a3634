using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Rules;

/// <summary>A part of a condition in words.</summary>
/// <param name="Depth">How deep it stands in the condition.</param>
/// <param name="Text">The text of a comparison; for a part made of others, how it is.</param>
/// <param name="Holds">Whether it held.</param>
/// <param name="Actual">What the ticket had; null for a part made of others.</param>
public sealed record TruthLine(int Depth, string Text, bool Holds, string? Actual)
{
    /// <summary>Whether the text is words and no part of a query.</summary>
    public bool IsWords { get; init; }
}

/// <summary>A run with the names that people read.</summary>
/// <param name="Run">The run, without the condition where it reads a field that is hidden from the reader.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Key">The ticket's key.</param>
/// <param name="Truth">Its condition, part by part.</param>
/// <param name="Actions">What was done and what became of it, with the reasons of refusals.</param>
/// <param name="Chain">For a loop: how it went round, the oldest event first.</param>
public sealed record RuleRunLine(
    RuleRun Run,
    string Name,
    string Key,
    IReadOnlyList<TruthLine> Truth,
    IReadOnlyList<(string Status, string Words, IReadOnlyList<string> Reasons)> Actions,
    IReadOnlyList<string> Chain
);

/// <summary>Puts runs of rules into words of the reader's language.</summary>
public sealed class RuleRunLines(
    ITexts texts,
    ReaderTimes times,
    QueryLanguage language,
    RuleSentences sentences,
    ICurrentConfiguration configuration,
    IPeople people,
    ITicketGrains grains,
    IHttpContextAccessor request
)
{
    /// <summary>The runs in words.</summary>
    public Task<IReadOnlyList<RuleRunLine>> WriteAsync(
        IReadOnlyCollection<RuleRun> runs,
        CancellationToken cancellation
    ) => WriteAsync(runs, null, cancellation);

    /// <summary>The runs of a trial in words.</summary>
    /// <param name="tried">The rule that was tried; null for runs of published rules.</param>
    public async Task<IReadOnlyList<RuleRunLine>> WriteAsync(
        IReadOnlyCollection<RuleRun> runs,
        RuleDocument? tried,
        CancellationToken cancellation
    )
    {
        var keys = new Dictionary<TicketId, string>();
        var tickets = runs.Select(run => run.Ticket)
            .Concat(runs.SelectMany(r => r.Detail.Chain.Select(c => c.Ticket)))
            .Concat(runs.SelectMany(r => r.Detail.Actions.SelectMany(TicketsOf)));
        foreach (var id in tickets.Distinct())
        {
            keys[id] = (await grains.GetAsync(id, cancellation))?.State.Key.ToString() ?? "?";
        }

        var lines = new List<RuleRunLine>();
        var hidden = Hidden;
        foreach (var recorded in runs)
        {
            var truth = new List<TruthLine>();
            var run = recorded;
            // Whether a part held tells what the field has, and so does the whole of several.
            if (
                hidden is not null
                && (hidden.In(run.Detail.Condition) || (run.Detail.Truth is { } told && hidden.In(told)))
            )
            {
                run = run with { Detail = run.Detail with { Condition = "", Truth = null } };
                truth.Add(
                    new TruthLine(0, texts["rule.part-unseen"], run.Outcome != RuleOutcome.Not, "—") { IsWords = true }
                );
            }
            else if (run.Detail.Truth is { } whole)
            {
                await AddAsync(truth, whole, 0, run.Detail.Condition, cancellation);
            }

            if (run.Detail.Script is { } said)
            {
                var words = texts.Format(
                    "rule.part-script",
                    RuleSentences.NameOfScript(said.Script, configuration.Snapshot)
                );
                truth.Add(new TruthLine(0, words, said.Holds, Said(said)) { IsWords = true });
            }

            lines.Add(
                new RuleRunLine(
                    run,
                    tried?.Name.ToString() ?? RuleSentences.NameOf(run.Rule, configuration.Snapshot),
                    keys[run.Ticket],
                    truth,
                    Actions(run, tried, keys, hidden),
                    [.. run.Detail.Chain.Reverse().Select(link => Say(link, keys))]
                )
            );
        }

        return lines;
    }

    /// <summary>What a script returned, or why it did not.</summary>
    /// <remarks>A script reads whole tickets: what it says of them is for those from whom nothing is hidden.</remarks>
    public string Said(ScriptTruth said) =>
        said.Error is RuleRefusals.ScriptGone or RuleRefusals.ScriptsBusy ? texts.Format(said.Error, said.Script)
        : Hidden is { Any: true } ? "—"
        : said.Error ?? said.Returned;

    /// <summary>The reasons why a run did not do all it should, in one sentence.</summary>
    public static string Reasons(RuleRunLine line) =>
        line.Run.Outcome == RuleOutcome.Not
            ? string.Join(
                "; ",
                line.Truth.Where(part => part is { Holds: false, Actual: not null })
                    .Select(p => $"{p.Text} ({p.Actual})")
            )
            : string.Join("; ", line.Actions.SelectMany(action => action.Reasons));

    // The actions of the version that worked are told by their words; the rule may be another one by now.
    private List<(string, string, IReadOnlyList<string>)> Actions(
        RuleRun run,
        RuleDocument? tried,
        Dictionary<TicketId, string> keys,
        HiddenSubjects? hidden
    )
    {
        var rule = tried ?? Worked(run);
        var known = (run.Outcome == RuleOutcome.Else ? rule?.Else : rule?.Then) ?? [];
        return
        [
            .. run
                .Detail.Actions.Index()
                .Select(entry => Line(entry.Item, entry.Item.Place ?? entry.Index, known, keys, hidden)),
        ];
    }

    private RuleDocument? Worked(RuleRun run) =>
        configuration.Snapshot.VersionOf<RuleDocument>(run.Rule) == run.RuleVersion
        && configuration.Snapshot.TryGet<RuleDocument>(run.Rule, out var rule)
            ? rule
            : null;

    private (string, string, IReadOnlyList<string>) Line(
        ActionResult result,
        int place,
        ValueList<RuleAction> known,
        Dictionary<TicketId, string> keys,
        HiddenSubjects? hidden
    )
    {
        var words = place < known.Count ? Words(known[place], hidden) : result.Do;
        var about = new[]
        {
            result.On is { } on ? texts.Format("rule.run-on", keys[on]) : null,
            result.Made is { } made ? texts.Format("rule.run-made", keys[made]) : null,
        }.OfType<string>();
        return (
            texts[$"rule.status-{result.Status.ToString().ToLowerInvariant()}"],
            words,
            [
                .. about,
                .. result.Refusals.Select(no =>
                    hidden?.In(no) == true ? texts["rule.refusal-unseen"] : texts.Format(no.Code, [.. no.Arguments])
                ),
            ]
        );
    }

    private string Words(RuleAction action, HiddenSubjects? hidden)
    {
        var shown = hidden?.Shown(action) ?? action;
        return
            shown is { Do: ActionWords.Edit, Fields.Count: 0, Summary: null, AddLabels.Count: 0, RemoveLabels.Count: 0 }
            && action.Fields.Count > 0
            ? texts["rule.do-edit-unseen"]
            : sentences.Do(shown, configuration.Snapshot);
    }

    // Trials and logs are read by somebody; the product itself writes none.
    private HiddenSubjects? Hidden =>
        request.HttpContext is { } context
            ? language.HiddenFrom(context.RequireViewer(), configuration.Snapshot)
            : null;

    private static IEnumerable<TicketId> TicketsOf(ActionResult result) =>
        new[] { result.On, result.Made }.OfType<TicketId>();

    private async Task AddAsync(
        List<TruthLine> lines,
        ConditionTruth truth,
        int depth,
        string condition,
        CancellationToken cancellation
    )
    {
        var isComparison = truth.Kind == ConditionPart.Comparison;
        var text = isComparison
            ? condition.Substring(truth.Start, truth.Length)
            : texts[$"rule.part-{truth.Kind.ToString().ToLowerInvariant()}"];
        var actual = isComparison ? await ActualAsync(truth, cancellation) : null;
        lines.Add(new TruthLine(depth, text, truth.Holds, actual));
        foreach (var part in truth.Parts)
        {
            await AddAsync(lines, part, depth + 1, condition, cancellation);
        }
    }

    private async Task<string> ActualAsync(ConditionTruth truth, CancellationToken cancellation)
    {
        if (truth.Actual.Count == 0)
        {
            return texts["rule.actual-empty"];
        }

        var field = language.Catalog(configuration.Snapshot).Find(truth.Subject ?? "");
        var words = new List<string>();
        foreach (var value in truth.Actual)
        {
            words.Add(await WordAsync(field, value, cancellation));
        }

        return texts.Format("rule.actual", string.Join(", ", words));
    }

    private async Task<string> WordAsync(QueryField? field, string value, CancellationToken cancellation)
    {
        switch (field?.Kind)
        {
            case QueryValueKind.Named or QueryValueKind.Ranked:
                return Choice(field, value);
            case QueryValueKind.Flag:
                return texts[value == "true" ? "common.yes" : "common.no"];
            case QueryValueKind.Duration when double.TryParse(value, CultureInfo.InvariantCulture, out var seconds):
                return FieldWords.Length(new DurationValue(Duration.FromSeconds(seconds)));
            case QueryValueKind.Moment or QueryValueKind.Remaining:
                return Moment(value);
            case QueryValueKind.Person when long.TryParse(value, CultureInfo.InvariantCulture, out var id):
                return (await people.FindAsync(new PersonId(id), cancellation))?.Name ?? value;
            case QueryValueKind.Team when long.TryParse(value, CultureInfo.InvariantCulture, out var id):
                return (await people.FindTeamAsync(new TeamId(id), cancellation))?.Name ?? value;
            case QueryValueKind.Organization when long.TryParse(value, CultureInfo.InvariantCulture, out var id):
                return (await people.FindOrganizationAsync(new OrganizationId(id), cancellation))?.Name ?? value;
            default:
                return field is null && value.Split(' ') is [var state, var due] ? $"{state} {Moment(due)}" : value;
        }
    }

    // The product's own enumerations have no names in the catalogue; priorities have sentences of their own.
    private string Choice(QueryField field, string value) =>
        field.Name == "priority"
            ? texts[$"common.priority-{value}"]
            : field.Choices.FirstOrDefault(choice => choice.Id == value)?.Names.FirstOrDefault()?.ToString() ?? value;

    private string Moment(string value) =>
        InstantPattern.General.Parse(value) is { Success: true, Value: var at }
            ? times.Moment(at, isShort: true)
            : value;

    private string Say(CauseLink link, Dictionary<TicketId, string> keys) =>
        (link.Rule, link.By) switch
        {
            ({ } rule, _) => texts.Format(
                "rule.chain-by-rule",
                link.Event,
                keys[link.Ticket],
                RuleSentences.NameOf(rule, configuration.Snapshot)
            ),
            (_, { } by) => texts.Format("rule.chain-by-other", link.Event, keys[link.Ticket], by),
            _ => texts.Format("rule.chain-by-person", link.Event, keys[link.Ticket]),
        };
}
