namespace Pipeline.Fuzz;

/// <summary>What a decoder is given.</summary>
/// <param name="place">Where to write it for those that read files.</param>
/// <param name="bytes">Its bytes.</param>
internal sealed class FuzzInput(string place, byte[] bytes)
{
    private bool isWritten;

    /// <summary>Its bytes.</summary>
    public byte[] Bytes => bytes;

    /// <summary>The path of a file that holds it.</summary>
    public string Path
    {
        get
        {
            if (!isWritten)
            {
                // Whoever mapped the file before may have it still.
                File.Delete(place);
                File.WriteAllBytes(place, bytes);
                isWritten = true;
            }
            return place;
        }
    }
}
