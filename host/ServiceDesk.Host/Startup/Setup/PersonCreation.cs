using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Startup.Setup;

/// <summary>Creates a person who can sign in, after checking what was typed.</summary>
public sealed class PersonCreation(IPeopleStore people)
{
    /// <summary>The person, or the refusals.</summary>
    public async Task<(Person? Person, ValueList<Refusal> Refusals)> CreateAsync(
        string name,
        string email,
        string role,
        string? passwordHash,
        CancellationToken cancellation
    )
    {
        var (cleanName, cleanEmail) = (name.Trim(), email.Trim());
        if (cleanName.Length is 0 or > 200 || cleanName.Any(char.IsControl))
        {
            return (null, [Refusal.Invalid("accounts.person-name", "name")]);
        }

        if (!EmailAddresses.IsAddress(cleanEmail))
        {
            return (null, [Refusal.Invalid("accounts.person-email", "email", cleanEmail)]);
        }

        try
        {
            var person = new NewPerson(cleanName, cleanEmail, role) { PasswordHash = passwordHash };
            return (await people.CreateAsync(person, cancellation), []);
        }
        catch (RoleGoneException)
        {
            return (null, [Refusal.Invalid("administration.role-unknown", "role", role)]);
        }
        catch (PeopleConflictException)
        {
            return (null, [Refusal.Conflict("accounts.person-email-taken", cleanEmail)]);
        }
    }
}
