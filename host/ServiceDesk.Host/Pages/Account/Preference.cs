namespace ServiceDesk.Host.Pages.Account;

/// <summary>A choice of the reader that is kept in a cookie of this device for a year. Scripts cannot read it.</summary>
public static class Preference
{
    /// <summary>Writes the choice.</summary>
    public static void Write(HttpResponse response, string cookie, string value) =>
        response.Cookies.Append(
            cookie,
            value,
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = response.HttpContext.Request.IsHttps,
                Path = "/",
            }
        );
}
