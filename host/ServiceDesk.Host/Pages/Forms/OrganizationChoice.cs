using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>Asks whoever belongs to several organizations for which of them something is.</summary>
public sealed class OrganizationChoice(IPeople people, ICurrentConfiguration configuration, ITexts texts)
{
    /// <summary>The name of the input.</summary>
    public const string Name = "organization";

    /// <summary>Which of the person's organizations was chosen; null for none, and for one that is not the person's.</summary>
    public static OrganizationId? Read(IFormCollection? typed, Person? person) =>
        long.TryParse(typed?[Name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Mine(new OrganizationId(id), person)
            : null;

    /// <summary>The question with what was chosen; null for who has nothing to choose.</summary>
    /// <param name="viewer">Who is asked: offered are those whom this one may know.</param>
    /// <param name="suggested">What is chosen before anything was typed, where it is the person's.</param>
    public async Task<FieldInput?> AskAsync(
        Viewer viewer,
        Person? person,
        IFormCollection? typed,
        FormErrors errors,
        CancellationToken cancellation,
        OrganizationId? suggested = null
    )
    {
        var offered = await OfAsync(viewer, person, cancellation);
        return person is null or { Organizations.Count: < 2 }
            ? null
            : new FieldInput(Name, texts["workspace.organization"], FieldKind.Choice)
            {
                Choices = [.. offered.Select(one => (one.Id.ToString(), one.Name))],
                IsRequired = true,
                Help = texts["workspace.organization-help"],
                Error = errors[Name],
                Value = (typed is null ? Mine(suggested, person) : Read(typed, person))?.ToString() ?? "",
            };
    }

    private static OrganizationId? Mine(OrganizationId? id, Person? person) =>
        id is { } one && person?.Organizations.Contains(one) == true ? one : null;

    /// <summary>The organizations of a person, of those that the viewer may know.</summary>
    public async Task<IReadOnlyList<Organization>> OfAsync(
        Viewer viewer,
        Person? person,
        CancellationToken cancellation
    )
    {
        var known = Acquaintances.Of(viewer, configuration.Snapshot);
        var found = new List<Organization>();
        foreach (var id in person?.Organizations ?? [])
        {
            if (
                await people.FindOrganizationAsync(id, cancellation) is { } organization
                && (viewer.Person.Organizations.Contains(id) || known.Knows(organization))
            )
            {
                found.Add(organization);
            }
        }

        return found;
    }
}
