using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Everything that somebody who may not might have changed.</summary>
internal static class Stand
{
    /// <summary>Tickets, people, organizations, teams, invitations, libraries and configuration as they are now, as one text.</summary>
    public static async Task<string> OfAsync(IsolationWorld world)
    {
        var lines = new List<string>();
        foreach (var ticket in world.Tickets)
        {
            var found = await world.Admin.Api.GetAsync($"/api/v1/tickets/{ticket.Key}").OkAsync();
            lines.Add($"{ticket.Key} {found["version"]} {found["summary"]}");
        }

        var people = world.Get<Storage.People.IPeopleStore>();
        lines.AddRange((await people.OrganizationsAsync()).Select(one => one.ToString()));
        lines.AddRange((await people.TeamsAsync()).Select(one => one.ToString()));
        lines.AddRange((await world.Get<Storage.People.IInvitations>().OpenAsync()).Select(one => one.ToString()));
        foreach (var desk in world.Desks)
        {
            var library = await world.Get<Storage.Files.IFileLibrary>().OfAsync(desk.Key);
            lines.AddRange(library.Select(one => one.ToString()));
        }

        foreach (var member in world.Members)
        {
            lines.Add((await people.FindAsync(member.Person.Id))!.ToString());
        }

        lines.Add(
            world
                .Get<Host.Configuration.ICurrentConfiguration>()
                .Snapshot.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        return string.Join('\n', lines);
    }
}
