using System.Globalization;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Settings;

/// <summary>Settings that are a person's alone, and go when the person is deactivated.</summary>
public static class PersonalSettings
{
    /// <summary>The owner of what people searched for lately.</summary>
    public const string RecentSearches = "recent-searches";

    /// <summary>The name of a person's setting.</summary>
    public static string NameOf(PersonId person) => person.Value.ToString(CultureInfo.InvariantCulture);
}
