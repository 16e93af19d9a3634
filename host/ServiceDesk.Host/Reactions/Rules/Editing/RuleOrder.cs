using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Reactions.Rules.Editing;

/// <summary>The order in which rules work, changed as one revision.</summary>
public sealed class RuleOrder(ICurrentConfiguration configuration, IConfigurationEditor editor, DocumentText documents)
{
    private const int Step = 10;

    /// <summary>The rules in the order in which they work.</summary>
    public IReadOnlyList<RuleDocument> Rules => [.. RuleTriggers.InOrder(configuration.Snapshot)];

    /// <summary>Puts a rule to another place; null when there is no such rule.</summary>
    /// <param name="to">The place to which it goes, by the one at which it stands; beyond the ends is at the end.</param>
    public async Task<ConfigurationOutcome?> PlaceAsync(
        string id,
        Func<int, int> to,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var rules = Rules.ToList();
        var place = rules.FindIndex(rule => rule.Id == id);
        if (place < 0)
        {
            return null;
        }

        var moving = rules[place];
        rules.RemoveAt(place);
        rules.Insert(Math.Clamp(to(place), 0, rules.Count), moving);
        return await PutAsync(rules, null, author, cancellation);
    }

    /// <summary>Puts the rules into an order. Numbers are given anew with room between them; only rules that differ are written, all or none.</summary>
    /// <param name="revision">The revision of the configuration that was seen; null takes any.</param>
    public Task<ConfigurationOutcome> PutAsync(
        IEnumerable<RuleDocument> rules,
        long? revision,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        SaveAsync(
            rules.Select((rule, index) => rule with { Order = (index + 1) * Step }).Where(IsChanged),
            revision,
            author,
            cancellation
        );

    /// <summary>Writes rules, all of them or none, as one revision.</summary>
    public Task<ConfigurationOutcome> SaveAsync(
        IEnumerable<RuleDocument> rules,
        long? revision,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var files = rules.Select(rule => new ConfigurationFile(
            ConfigurationFolder.PathOf(DocumentKinds.Rule, rule.Id),
            documents.ToYaml(rule)
        ));
        var import = new ConfigurationImport { KeepOthers = true, ExpectedRevision = revision };
        return editor.ImportAsync([.. files], import, author, cancellation);
    }

    private bool IsChanged(RuleDocument rule) =>
        !configuration.Snapshot.TryGet<RuleDocument>(rule.Id, out var now) || !now.Equals(rule);
}
