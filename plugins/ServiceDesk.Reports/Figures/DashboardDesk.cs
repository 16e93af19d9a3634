using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Reports.Figures;

/// <summary>Which dashboards a person sees and may change.</summary>
public sealed class DashboardDesk(IConfigurationReader configuration, IPeople people)
{
    /// <summary>Those that the viewer sees: the own ones first, then those of teams, then those for everybody.</summary>
    public async Task<IReadOnlyList<DashboardDocument>> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var teams = (await TeamsAsync(viewer, cancellation)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. configuration
                .Current.All<DashboardDocument>()
                .Where(dashboard => Sees(viewer, teams, dashboard))
                .OrderBy(dashboard => dashboard.Person is null)
                .ThenBy(dashboard => dashboard.Team is null),
        ];
    }

    /// <summary>The names of the viewer's teams.</summary>
    public async Task<IReadOnlyList<string>> TeamsAsync(Viewer viewer, CancellationToken cancellation)
    {
        var teams = new List<string>();
        foreach (var id in viewer.Person.Teams)
        {
            if (await people.FindTeamAsync(id, cancellation) is { } team)
            {
                teams.Add(team.Name);
            }
        }

        return [.. teams.Order(StringComparer.CurrentCulture)];
    }

    /// <summary>Whether the viewer may change a dashboard: the own ones, and with the permission those of others.</summary>
    public static bool MayEdit(Viewer viewer, DashboardDocument dashboard) =>
        viewer.May(ReportsPlugin.EditPermission) || IsOwn(viewer, dashboard);

    /// <summary>Whether a dashboard is the viewer's alone.</summary>
    public static bool IsOwn(Viewer viewer, DashboardDocument dashboard) =>
        dashboard.Person is { } person
        && string.Equals(person, viewer.Person.Email, StringComparison.OrdinalIgnoreCase);

    private static bool Sees(Viewer viewer, HashSet<string> teams, DashboardDocument dashboard) =>
        dashboard switch
        {
            { Person: not null } => IsOwn(viewer, dashboard),
            { Team: { } team } => teams.Contains(team) || viewer.May(ReportsPlugin.EditPermission),
            _ => true,
        };
}
