using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Desks;

/// <summary>What forms of desks offer: the teams that can work there, and the organizations that can ask.</summary>
public sealed class DeskChoices(IPeopleStore people, ITexts texts)
{
    private IReadOnlyList<(string Id, string Name)> teams = [];
    private IReadOnlyList<(string Id, string Name)> organizations = [];

    /// <summary>Looks them up.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        teams = [.. (await people.TeamsAsync(cancellation)).Select(team => (team.Name, team.Name))];
        organizations =
        [
            .. (await people.OrganizationsAsync(cancellation)).Select(organization =>
                (organization.Key, organization.Name)
            ),
        ];
    }

    /// <summary>The teams that were chosen; one that nobody made says so.</summary>
    public ChosenRows Teams(ShapePlace at, IEnumerable<string> chosen) =>
        ChosenRows.Of(
            at,
            "teams",
            chosen,
            teams,
            texts["desks.team-add"],
            texts["desks.team-which"],
            note: name => teams.Any(team => team.Id == name) ? null : texts["desks.team-missing"]
        );

    /// <summary>The organizations that were chosen.</summary>
    public ChosenRows Organizations(ShapePlace at, IEnumerable<string> chosen) =>
        ChosenRows.Of(
            at,
            "organizations",
            chosen,
            organizations,
            texts["desks.organization-add"],
            texts["desks.organization-which"]
        );
}
