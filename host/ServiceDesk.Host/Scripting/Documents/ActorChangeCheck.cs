using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Scripting.Documents;

/// <summary>Nobody lets a script or a rule act as somebody who may more. Whoever has the machine is not asked.</summary>
public sealed class ActorChangeCheck(ScriptSources sources, ActorQuestion question, IViewers viewers) : IChangeCheck
{
    private const string ImportExceeds = "configuration.actor-exceeds-import";

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<ConfigurationProblem>> CheckAsync(
        ConfigurationSnapshot before,
        ConfigurationSnapshot after,
        IReadOnlyCollection<DocumentDifference> differences,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        if (
            author is not { OnlyRenames: false, Person: { } person }
            || !differences.Any(one => one.After is ScriptDocument or RuleDocument { Actor: not null })
        )
        {
            return [];
        }

        var imports = await ImportsAsync(after, differences, cancellation);
        var acting = ActingChanges
            .Between(before, after, script => imports.GetValueOrDefault(script.Source, []))
            .ToList();
        if (acting.Count == 0)
        {
            return [];
        }

        // Whoever began it may not sign in any longer: then as nobody.
        var by = await viewers.OfAsync(person, cancellation);
        var may = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var address in acting.Select(change => change.Actor))
        {
            may[address] =
                may.GetValueOrDefault(address)
                || (by is not null && await question.MayAsync(by, address, cancellation));
        }

        return
        [
            .. acting
                .Where(change => !may[change.Actor])
                .Select(change => new ConfigurationProblem(
                    change.Kind,
                    change.Id,
                    change.Script is { } script
                        ? DocumentProblem.At("/source", ImportExceeds, script, change.Actor)
                        : DocumentProblem.At("/actor", ActorQuestion.Exceeds, change.Actor)
                )),
        ];
    }

    // Only where a library changes, others are reached through it.
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ImportsAsync(
        ConfigurationSnapshot after,
        IEnumerable<DocumentDifference> differences,
        CancellationToken cancellation
    )
    {
        var imports = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (differences.Any(one => one.After is ScriptDocument { Use: ScriptUse.Library }))
        {
            foreach (var script in after.All<ScriptDocument>().Where(script => script.Enabled))
            {
                imports[script.Source] =
                    (await sources.CompileAsync(script.Source, cancellation)).Script?.Imports ?? [];
            }
        }

        return imports;
    }
}
