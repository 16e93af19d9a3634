using System.Globalization;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Reports.Figures;

/// <summary>What people read for the words of groups.</summary>
public sealed class GroupNames(IConfigurationReader configuration, IPeople people, ITexts texts)
{
    /// <summary>The names of words, each beside its word.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(
        Grouping? group,
        IEnumerable<string> words,
        CancellationToken cancellation
    )
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            names[word] = await OfAsync(group, word, cancellation);
        }

        return names;
    }

    /// <summary>What a report is told apart by; empty for nothing.</summary>
    public string Of(Grouping? group) =>
        group switch
        {
            { Column: { } column } => texts[$"reports.group.{Grouping.Word(column)}"],
            { Field: { } field } => Named<FieldDocument>(configuration.Current, field),
            _ => string.Empty,
        };

    private async Task<string> OfAsync(Grouping? asked, string word, CancellationToken cancellation)
    {
        if (asked is null)
        {
            return string.Empty;
        }

        if (word.Length == 0)
        {
            return texts[asked.Column == ReportGroup.Assignee ? "reports.nobody" : "reports.none"];
        }

        if (asked.Column is not { } group)
        {
            return configuration.Current.TryGet<FieldDocument>(asked.Field!, out var field)
                ? await OfFieldAsync(field, word, cancellation)
                : word;
        }

        var current = configuration.Current;
        return group switch
        {
            ReportGroup.Priority => texts[$"common.priority-{word}"],
            ReportGroup.Type => Named<TicketTypeDocument>(current, word),
            ReportGroup.Desk => Named<DeskDocument>(current, word),
            ReportGroup.RequestType => Named<RequestTypeDocument>(current, word),
            ReportGroup.Channel => texts[$"reports.channel.{word}"],
            _ => await OfIdentityAsync(group, word, cancellation),
        };
    }

    private async Task<string> OfFieldAsync(FieldDocument field, string word, CancellationToken cancellation) =>
        field.Kind switch
        {
            FieldKind.Flag => texts[word == "true" ? "common.yes" : "common.no"],
            FieldKind.Team => await OfIdentityAsync(ReportGroup.Team, word, cancellation),
            FieldKind.Organization => await OfIdentityAsync(ReportGroup.Organization, word, cancellation),
            FieldKind.Person => await OfIdentityAsync(ReportGroup.Assignee, word, cancellation),
            _ => field.WordsOf(word),
        };

    private async Task<string> OfIdentityAsync(ReportGroup group, string word, CancellationToken cancellation)
    {
        if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return word;
        }

        var name = group switch
        {
            ReportGroup.Team => (await people.FindTeamAsync(new TeamId(id), cancellation))?.Name,
            ReportGroup.Organization => (
                await people.FindOrganizationAsync(new OrganizationId(id), cancellation)
            )?.Name,
            _ => (await people.FindAsync(new PersonId(id), cancellation))?.Name,
        };
        return name ?? texts["reports.gone"];
    }

    private static string Named<TDocument>(IConfiguration configuration, string id)
        where TDocument : ConfigurationDocument =>
        configuration.TryGet<TDocument>(id, out var document) ? document.Name.ToString() : id;
}
