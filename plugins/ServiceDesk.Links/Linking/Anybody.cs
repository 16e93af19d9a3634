using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Linking;

/// <summary>The eyes of the system, of rules without a person and of imports, which may everything.</summary>
public static class Anybody
{
    /// <summary>Somebody who works on every desk.</summary>
    public static Viewer On(IConfiguration configuration)
    {
        var nobody = new Person(new PersonId(0), "", "", "", "en", "Etc/UTC", [], [], IsActive: false);
        var desks = configuration.All<DeskDocument>().Select(desk => desk.Id).ToValueList();
        return new Viewer(nobody, [Permissions.WorkTickets], desks, [], [], []);
    }
}
