using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Reactions.Rules.Editing;

/// <summary>
/// The order in which rules work, and which of them do, changed as one revision. Of each rule only that is changed, as the rule
/// stands when it is written: what was published meanwhile stays.
/// </summary>
public sealed class RuleOrder(ICurrentConfiguration configuration, ConfigurationWriter writer)
{
    private const int Step = 10;

    /// <summary>The rules in the order in which they work.</summary>
    public IReadOnlyList<RuleDocument> Rules => [.. RuleTriggers.InOrder(configuration.Snapshot)];

    /// <summary>Puts a rule to another place; not found when there is no such rule.</summary>
    /// <param name="to">The place to which it goes, by the one at which it stands; beyond the ends is at the end.</param>
    public Task<ConfigurationOutcome> PlaceAsync(
        string id,
        Func<int, int> to,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            rules =>
            {
                var places = rules.ToList();
                var place = places.FindIndex(rule => rule.Id == id);
                if (place < 0)
                {
                    return null;
                }

                places.RemoveAt(place);
                places.Insert(Math.Clamp(to(place), 0, places.Count), rules[place]);
                return Numbered(places);
            },
            null,
            author,
            cancellation
        );

    /// <summary>Puts the rules into an order; not found when the ids are not those of all rules, each once.</summary>
    /// <param name="revision">The revision of the configuration that was seen; null takes any.</param>
    public Task<ConfigurationOutcome> PutAsync(
        IReadOnlyList<string> ids,
        long? revision,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            rules =>
            {
                var known = rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
                return ids.Count == known.Count && known.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(ids)
                    ? Numbered(ids.Select(id => known[id]))
                    : null;
            },
            revision,
            author,
            cancellation
        );

    /// <summary>Switches a rule on or off; not found when there is no such rule.</summary>
    public Task<ConfigurationOutcome> SwitchAsync(
        string id,
        bool on,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            rules =>
                rules.Any(rule => rule.Id == id)
                    ? rules.Where(rule => rule.Id == id).Select(rule => rule with { Enabled = on })
                    : null,
            null,
            author,
            cancellation
        );

    // Numbers are given anew with room between them.
    private static IEnumerable<RuleDocument> Numbered(IEnumerable<RuleDocument> rules) =>
        rules.Select((rule, index) => rule with { Order = (index + 1) * Step });

    // Only rules that differ are written, all of them or none.
    private Task<ConfigurationOutcome> WriteAsync(
        Func<IReadOnlyList<RuleDocument>, IEnumerable<RuleDocument>?> wanted,
        long? revision,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        writer.WriteAsync(
            before =>
            {
                if (revision is { } seen && seen != before.Revision)
                {
                    return ([], Ended(ConfigurationStatus.Conflict, before, "configuration.changed-meanwhile"));
                }

                var rules = RuleTriggers.InOrder(before).ToList();
                return wanted(rules) is { } after
                    ? (Differences(rules, after), null)
                    : ([], Ended(ConfigurationStatus.NotFound, before, "configuration.no-document"));
            },
            author,
            isTrial: false,
            cancellation
        );

    private static IReadOnlyList<DocumentDifference> Differences(
        IReadOnlyCollection<RuleDocument> before,
        IEnumerable<RuleDocument> after
    ) =>
        [
            .. after
                .Join(before, rule => rule.Id, rule => rule.Id, (rule, was) => (After: rule, Before: was))
                .Where(rule => rule.After != rule.Before)
                .Select(rule => new DocumentDifference(
                    DifferenceKind.Changed,
                    DocumentKinds.Rule,
                    rule.After.Id,
                    rule.Before,
                    rule.After
                )),
        ];

    private static ConfigurationOutcome Ended(ConfigurationStatus status, ConfigurationSnapshot before, string code) =>
        new(status, before.Revision, [], [new FileProblem("", null, DocumentProblem.At("", code))]);
}
