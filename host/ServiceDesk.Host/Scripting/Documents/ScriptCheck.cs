using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Outbound;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Scripting.Documents;

/// <summary>A script can be compiled, imports what there is, and says when and as whom it runs.</summary>
public sealed class ScriptCheck(ScriptSources sources, EventCatalog catalog) : DocumentCheck<ScriptDocument>
{
    private readonly HashSet<string> events = new(catalog.Names.Select(EventNames.Without), StringComparer.Ordinal);

    protected override IEnumerable<DocumentProblem> Check(ScriptDocument document, IConfiguration configuration) =>
        [.. Source(document, configuration), .. Occasion(document), .. Hosts(document, configuration)];

    private IEnumerable<DocumentProblem> Source(ScriptDocument document, IConfiguration configuration)
    {
        if (sources.Known(document.Source) is not { } compilation)
        {
            yield break;
        }

        if (compilation.Script is not { } script)
        {
            yield return DocumentProblem.At(
                "/source",
                "scripts.syntax",
                Number(compilation.Place?.Line),
                Number(compilation.Place?.Column),
                compilation.Error ?? ""
            );
            yield break;
        }

        foreach (var import in script.Imports)
        {
            if (!configuration.TryGet<ScriptDocument>(import, out var library) || library.Use != ScriptUse.Library)
            {
                yield return DocumentProblem.At("/source", "scripts.no-such-library", import);
            }
        }
    }

    private IEnumerable<DocumentProblem> Occasion(ScriptDocument document)
    {
        if (document.Use != ScriptUse.Library && string.IsNullOrWhiteSpace(document.Actor))
        {
            yield return DocumentProblem.At("/actor", "scripts.actor-missing");
        }

        if (document.Use == ScriptUse.Handler && document.Events.Count == 0)
        {
            yield return DocumentProblem.At("/events", "scripts.events-missing");
        }

        foreach (var problem in document.Use == ScriptUse.Job ? Times(document) : [])
        {
            yield return problem;
        }

        foreach (var (place, name) in document.Events.Index().Where(entry => !events.Contains(entry.Item)))
        {
            yield return DocumentProblem.At($"/events/{place}", "scripts.no-such-event", name);
        }
    }

    private static IEnumerable<DocumentProblem> Hosts(ScriptDocument document, IConfiguration configuration)
    {
        var allowed = AllowedHosts.Of(document.Hosts, configuration);
        return document
            .Hosts.Index()
            .Where(entry => !allowed.Contains(entry.Item))
            .Select(entry => DocumentProblem.At($"/hosts/{entry.Index}", "scripts.host-not-allowed", entry.Item));
    }

    // By the clock or again and again, one of the two.
    private static IEnumerable<DocumentProblem> Times(ScriptDocument document)
    {
        if (document.Every is null == document.Cron is null)
        {
            yield return DocumentProblem.At("/every", "scripts.every-missing");
        }

        if (document.Cron is { } cron && Schedules.Wrong(cron) is not null)
        {
            yield return DocumentProblem.At("/cron", "configuration.rule-cron-wrong", cron);
        }

        if (document.Zone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            yield return DocumentProblem.At("/zone", "configuration.rule-zone-unknown", zone);
        }
    }

    private static string Number(int? number) => (number ?? 1).ToString(CultureInfo.InvariantCulture);
}
