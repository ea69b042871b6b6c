using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Artifacts;

/// <summary>SHA-256 digests, written as 64 lower-case hexadecimal digits: the identity of bytes everywhere in the pipeline.</summary>
public static class Digest
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The number of characters of a digest.</summary>
    public const int Length = 64;

    /// <summary>The digest of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The digest of a text's UTF-8 bytes.</summary>
    public static string Of(string text)
    {
        const int MostOnStack = 2048;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[most];
        return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>The digest of a stream from its current position to its end.</summary>
    public static string Of(Stream stream)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(stream, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>As <see cref="Of(Stream)"/>, which a token ends.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string Of(Stream stream, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and var count)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The digest of a file's bytes.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Of(stream);
    }

    /// <summary>Whether a text has the form of a digest: 64 lower-case hexadecimal digits.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Length && text.AsSpan().IndexOfAnyExcept(HexDigits) < 0;
}
