using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Everything that was changed in the configuration, newest first.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ChangesModel(IConfigurationEditor editor, IPeople people) : PageModel
{
    private const int PageSize = 50;
    private IReadOnlyDictionary<PersonId, Person> authors = new Dictionary<PersonId, Person>();

    public IReadOnlyList<DocumentRevision> Revisions { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    public async Task OnGetAsync(long? before, CancellationToken cancellation)
    {
        Revisions = await editor.RevisionsAsync(PageSize, before, cancellation);
        Next = Revisions.Count == PageSize ? Revisions[^1].Revision : null;
        PersonId[] ids = [.. Revisions.Select(r => r.Author.Person).OfType<PersonId>().Distinct()];
        authors = await people.FindAsync(ids, cancellation);
    }

    /// <summary>Who made a change.</summary>
    public string AuthorOf(DocumentRevision revision) =>
        revision.Author.Person is { } id && authors.TryGetValue(id, out var person)
            ? person.Name
            : revision.Author.Source ?? "?";
}
