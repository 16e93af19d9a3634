using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>For whom a dashboard is.</summary>
public enum DashboardAudience
{
    /// <summary>Its maker alone.</summary>
    Me = 1,

    /// <summary>A team.</summary>
    Team = 2,

    /// <summary>Everybody who sees reports.</summary>
    Everyone = 3,
}

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

    /// <summary>A dashboard that the viewer sees and may change; null for none.</summary>
    public async Task<DashboardDocument?> FindEditableAsync(
        Viewer viewer,
        string? id,
        CancellationToken cancellation
    ) => (await OfAsync(viewer, cancellation)).FirstOrDefault(one => one.Id == id && MayEdit(viewer, one));

    /// <summary>Why the viewer may not make a dashboard for somebody; empty when it may be made.</summary>
    /// <param name="before">The dashboard that is changed: its team stays possible.</param>
    public async Task<ValueList<Refusal>> CheckAsync(
        Viewer viewer,
        DashboardAudience audience,
        string? team,
        DashboardDocument? before,
        CancellationToken cancellation
    )
    {
        if (audience != DashboardAudience.Me && !viewer.May(ReportsPlugin.EditPermission))
        {
            return [Refusal.Forbidden("reports.refusal.for-others")];
        }

        if (audience != DashboardAudience.Team)
        {
            return [];
        }

        // A dashboard for a team without a name would be one for everybody.
        var named = team?.Trim() ?? string.Empty;
        return named.Length == 0 ? [Refusal.Invalid("reports.refusal.team", "team")]
            : named == before?.Team || (await TeamsAsync(viewer, cancellation)).Contains(named, StringComparer.Ordinal)
                ? []
            : [Refusal.Invalid("reports.refusal.not-your-team", "team", named)];
    }

    /// <summary>For whom a dashboard is.</summary>
    public static DashboardAudience AudienceOf(DashboardDocument dashboard) =>
        dashboard switch
        {
            { Person: not null } => DashboardAudience.Me,
            { Team: not null } => DashboardAudience.Team,
            _ => DashboardAudience.Everyone,
        };

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
