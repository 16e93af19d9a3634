using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Completion;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Queries;

/// <summary>Completes queries in an editor, with names of people, teams and organizations from the database.</summary>
/// <param name="current">The configuration that is current.</param>
public sealed class QuerySuggestions(IDatabase database, QueryLanguage language, Func<IConfiguration> current)
{
    /// <summary>What the viewer may write at the caret. Never fails on a wrong query. Customers get no names of people.</summary>
    public async Task<Completion> AtAsync(
        Viewer viewer,
        string text,
        int caret,
        CancellationToken cancellation = default
    )
    {
        var configuration = current();
        var scope = QueryScope.Of(viewer, configuration);
        var completion = QueryCompletion.At(text, caret, language.Catalog(configuration), scope);
        if (completion.Names is not { } kind)
        {
            return completion;
        }

        await using var db = await database.CreateDbContextAsync(cancellation);
        var found = await Reading.AvailableAsync(() =>
            Named(db, kind, Folding.Fold(completion.Prefix, 100).Trim(), Acquaintances.Of(viewer, configuration))
                .ToListAsync(cancellation)
        );
        var names = found.Select(row => Suggestion(row, kind));
        return completion with
        {
            Suggestions = completion
                .Suggestions.Concat(QueryCompletion.Fitting(names, completion.Prefix))
                .Take(QueryCompletion.Most)
                .ToValueList(),
        };
    }

    private static IQueryable<NamedRow> Named(
        ServiceDeskDb db,
        SuggestionKind kind,
        string prefix,
        Acquaintances known
    ) =>
        kind switch
        {
            SuggestionKind.Team => NameSources.Teams(db),
            SuggestionKind.Organization => NameSources.Organizations(db, known),
            _ => NameSources
                .PeopleWith(db, prefix, known)
                .OrderBy(person => person.Name)
                .ThenBy(person => person.Id)
                .Take(QueryCompletion.Most),
        };

    /// <summary>An address is unique and an organization's key too; names need not be.</summary>
    private static Suggestion Suggestion(NamedRow row, SuggestionKind kind) =>
        new(
            QueryCompletion.Written(row.Other.Length > 0 ? row.Other : row.Name),
            kind,
            row.Other.Length > 0 ? row.Name : null
        );
}
