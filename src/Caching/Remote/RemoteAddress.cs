using System.Net.Http.Headers;
using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Caching.Remote;

/// <summary>The address of a shared cache, with what opens it, which is shown nowhere.</summary>
public sealed class RemoteAddress
{
    /// <summary>The variables that credentials are taken from, as messages name them.</summary>
    internal const string Variables = $"{User} and {Password}, or {Token}";

    private const string User = "PIPELINE_CACHE_USER";
    private const string Password = "PIPELINE_CACHE_PASSWORD";
    private const string Token = "PIPELINE_CACHE_TOKEN";

    private RemoteAddress(Uri url, bool isReadOnly, AuthenticationHeaderValue? authorization) =>
        (Url, IsReadOnly, Authorization) = (url, isReadOnly, authorization);

    /// <summary>The address; entries are below its path, which ends with a slash.</summary>
    public Uri Url { get; }

    /// <summary>Whether nothing is uploaded.</summary>
    public bool IsReadOnly { get; }

    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>Reads an address, and the credentials for it.</summary>
    /// <param name="text">The address as it was given.</param>
    /// <param name="isReadOnly">Whether nothing is uploaded.</param>
    /// <param name="environment">From the name of an environment variable to its value or null.</param>
    /// <exception cref="PipelineException">It is no address of a cache, holds credentials, or would give them away.</exception>
    public static RemoteAddress Parse(string text, bool isReadOnly, Func<string, string?> environment)
    {
        // What may hold a password is not repeated.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || text.Contains('@'))
            throw new PipelineException(
                text.Contains('@')
                    ? "The cache's address holds a user or a password, which would be seen by others: leave them away, "
                        + $"and set {Variables} in the environment."
                    : $"--cache={text} is no address: write one such as https://host/path, or name a folder."
            );
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            throw new PipelineException(
                $"--cache={text} is not possible: an address of a cache begins with https:// or http://."
            );
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new PipelineException(
                $"--cache={url.GetLeftPart(UriPartial.Path)} goes on with a query or a fragment: an address of a cache ends with its path."
            );
        var authorization = Credentials(environment);
        if (authorization is not null && url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            throw new PipelineException(
                $"{text} is not encrypted, and credentials are not sent there: write https://, or unset {Variables}."
            );
        return new(new(url.AbsoluteUri.TrimEnd('/') + "/"), isReadOnly, authorization);
    }

    /// <summary>How many entries are best asked for at a time: a request waits longer than it works.</summary>
    public const int RequestsAtOnce = 16;

    /// <summary>Begins to use the cache there.</summary>
    /// <param name="log">Takes a sentence for each thing that goes wrong.</param>
    /// <param name="cancellation">Ends what is being fetched.</param>
    internal RemoteCache Open(Action<string> log, CancellationToken cancellation) =>
        new(this, new(), log, TimeProvider.System, cancellation);

    /// <summary>The address as it is shown.</summary>
    public override string ToString() => Url.AbsoluteUri.TrimEnd('/');

    private static AuthenticationHeaderValue? Credentials(Func<string, string?> environment)
    {
        var (user, password, token) = (Value(User), Value(Password), Value(Token));
        if (token is not null)
            return user is null && password is null
                ? new("Bearer", token)
                : throw new PipelineException(
                    $"Credentials for the cache are given twice: set {User} and {Password}, or {Token} alone."
                );
        if (user is null && password is null)
            return null;
        if (user is null || password is null || user.Contains(':'))
            throw new PipelineException(
                $"Credentials for the cache are not complete: set both {User}, without a colon, and {Password}."
            );
        return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

        string? Value(string name) =>
            environment(name) switch
            {
                null or "" => null,
                var value when value.Any(char.IsControl) || (name == Token && !value.All(c => c is > ' ' and <= '~')) =>
                    throw new PipelineException(
                        $"{name} holds characters that credentials don't have, such as a line's end: set it anew."
                    ),
                var value => value,
            };
    }
}
