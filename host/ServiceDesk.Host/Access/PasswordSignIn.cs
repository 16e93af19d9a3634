using Microsoft.AspNetCore.Identity;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Host.Access;

/// <summary>Signing in by ASP.NET Core Identity on the product's people.</summary>
public sealed class PasswordSignIn(
    UserManager<PersonRow> people,
    SignInManager<PersonRow> sessions,
    IPasswordHasher<PersonRow> hasher,
    FailedAttempts failures,
    IHttpContextAccessor accessor
) : ISignIn
{
    private static readonly PersonRow Nobody = new();
    private static string? hashOfNobody;

    public async Task<SignInOutcome> SignInAsync(string email, string password, bool remember)
    {
        var address = accessor.HttpContext?.Connection.RemoteIpAddress;
        if (failures.WaitOf(address) is not null)
        {
            return SignInOutcome.TooMany;
        }

        var person = IsPlausible(email, password) ? await people.FindByEmailAsync(email.Trim()) : null;
        if (person is not { IsActive: true, PasswordHash: not null })
        {
            // As slow as a real one, so that the time does not tell which addresses exist.
            hashOfNobody ??= Passwords.Hash(hasher, "nobody");
            hasher.VerifyHashedPassword(Nobody, hashOfNobody, password[..Math.Min(50, password.Length)]);
            failures.Note(address);
            return SignInOutcome.Refused;
        }

        var result = await sessions.PasswordSignInAsync(person, password, remember, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            return SignInOutcome.SignedIn;
        }

        failures.Note(address);
        return SignInOutcome.Refused;
    }

    public Task SignOutAsync() => sessions.SignOutAsync();

    public async Task<ValueList<Refusal>> ChangePasswordAsync(PersonId person, string current, string password)
    {
        var refusals = Passwords.Check(password);
        if (refusals.Count > 0)
        {
            return refusals;
        }

        if (
            await people.FindByIdAsync(person.ToString()) is not { } row
            || current.Length > Passwords.MaximumLength
            || await people.IsLockedOutAsync(row)
        )
        {
            return [Refusal.Invalid("access.password-wrong", "current")];
        }

        if (!await people.CheckPasswordAsync(row, current))
        {
            await people.AccessFailedAsync(row);
            return [Refusal.Invalid("access.password-wrong", "current")];
        }

        var result = await people.ChangePasswordAsync(row, current, password);
        if (!result.Succeeded)
        {
            return [Refusal.Conflict("access.changed-meanwhile")];
        }

        if (accessor.HttpContext?.User.FindPerson() == person)
        {
            await sessions.RefreshSignInAsync(row);
        }

        return [];
    }

    private static bool IsPlausible(string email, string password) =>
        email.Length is > 0 and <= 254 && password.Length is > 0 and <= Passwords.MaximumLength;
}
