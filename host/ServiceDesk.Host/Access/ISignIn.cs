using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Access;

/// <summary>How an attempt to sign in ended. What exactly was wrong is not told, so that nobody learns which addresses exist.</summary>
public enum SignInOutcome
{
    /// <summary>The answer carries the cookie.</summary>
    SignedIn = 1,

    /// <summary>Wrong address or password, locked for some minutes after several wrong ones, or no longer active.</summary>
    Refused = 2,

    /// <summary>Too many wrong attempts came from this address; nothing was looked at.</summary>
    TooMany = 3,
}

/// <summary>Signing in and out with a password, for pages. Scoped to a request.</summary>
public interface ISignIn
{
    /// <summary>Signs in. Five wrong passwords lock the account for 15 minutes.</summary>
    /// <param name="remember">Whether the cookie outlives the browser, 14 days; otherwise it ends with it, or after 12 hours without a request.</param>
    Task<SignInOutcome> SignInAsync(string email, string password, bool remember);

    /// <summary>Takes the cookie away.</summary>
    Task SignOutAsync();

    /// <summary>Changes the own password; the current one must be right. Every other session of the person ends within a minute.</summary>
    /// <returns>Why not, on the fields <c>current</c> and <c>password</c>; empty when it is changed.</returns>
    Task<ValueList<Refusal>> ChangePasswordAsync(PersonId person, string current, string password);
}
