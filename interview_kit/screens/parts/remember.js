export default function ({ data }) {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `${data.name}=${encodeURIComponent(data.value)}; path=/; max-age=${data.age}; samesite=strict${secure}`
}
