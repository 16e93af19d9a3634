namespace ServiceDesk.Host.Intake.Staffing;

/// <summary>
/// Addresses of pages for people who are elsewhere: below the address that the installation was told to have, whatever the
/// request says of its host; below the one by which it was asked where nobody said any.
/// </summary>
public sealed class PublicLinks(HostOptions options)
{
    /// <summary>The whole address of a page.</summary>
    /// <param name="path">Its path, with the slash at its beginning.</param>
    public string Of(HttpRequest request, string path) =>
        (options.PublicAddress ?? $"{request.Scheme}://{request.Host}{request.PathBase}") + path;
}
